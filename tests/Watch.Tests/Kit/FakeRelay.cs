using System.Collections.Concurrent;
using System.Net.Sockets;
using RtpProxy.Admin;
using RtpProxy.TestKit;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>
/// A relay as its admin socket shows it: answers on a real Unix socket, in the words of <c>docs/admin.md</c>, from what a test
/// says there is. Thread-safe.
/// </summary>
internal sealed class FakeRelay : IAsyncDisposable
{
    private readonly ConcurrentDictionary<FakeConnection, bool> _connections = [];
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public FakeRelay(string path)
    {
        Path = path;
        Start();
    }

    public string Path { get; }

    public string Argument => $"unix:{Path}";

    public RelayHello Hello { get; set; } = new()
    {
        Protocol = AdminWords.Version,
        Version = "0.1.0",
        Node = "edge1.example.net",
        Pid = 4711,
        StartedAt = new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero),
        Workers = 2,
    };

    public RelayCounters Counters { get; set; } = Samples.Counters();

    public HostFigures Host { get; set; } = Samples.Host();

    public IReadOnlyList<SessionDetail> Sessions { get; set; } = [];

    /// <summary>Hears, and says nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>What was asked so far, in order.</summary>
    public ConcurrentQueue<AdminRequest> Asked { get; } = [];

    public int Connections => _connections.Count;

    public void Start()
    {
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(16);
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>As if it had been killed: its connections break, its socket is gone.</summary>
    public async Task StopAsync()
    {
        _listener!.Dispose();
        await _accepting;
        foreach (FakeConnection connection in _connections.Keys)
        {
            await connection.DisposeAsync();
        }

        File.Delete(Path);
    }

    /// <summary>Tells an event to all who asked for events.</summary>
    public async Task TellAsync(EventNotice notice)
    {
        // A watcher may have its figures, and a browser what it shows of them, before the watcher asks for events.
        await Eventually.TrueAsync(() => _connections.Keys.Any(connection => connection.WantsEvents));
        foreach (FakeConnection connection in _connections.Keys.Where(connection => connection.WantsEvents))
        {
            await connection.SendAsync(new AdminReply { Event = notice });
        }
    }

    /// <summary>Sends these bytes to everybody, whatever they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        foreach (FakeConnection connection in _connections.Keys)
        {
            await connection.SendAsync(bytes);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    internal AdminReply? Answer(AdminRequest request)
    {
        Asked.Enqueue(request);
        AdminReply? reply = request.Ask switch
        {
            AdminWords.Hello => new AdminReply { Hello = Hello },
            AdminWords.Counters => new AdminReply { Counters = Counters },
            AdminWords.Host => new AdminReply { Host = Host },
            AdminWords.Events => new AdminReply { Done = true },
            AdminWords.Session => new AdminReply { Session = Find(request) },
            AdminWords.Sessions => new AdminReply { Sessions = List(request) },
            _ => new AdminReply { Error = new AdminFault("unknown-request", $"'{request.Ask}' is not understood") },
        };
        return IsMute ? null : reply with { Id = request.Id };
    }

    internal void Forget(FakeConnection connection) => _connections.TryRemove(connection, out _);

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                FakeConnection connection = new(this, await listener.AcceptAsync());
                _connections[connection] = true;
                connection.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private SessionDetail[] Find(AdminRequest request) =>
        [.. Sessions.Where(session => session.CallId == request.CallId && (request.Tag is not { } tag || session.FromTag == tag || session.ToTag == tag))];

    private SessionPage List(AdminRequest request)
    {
        SessionDetail[] matching =
        [
            .. Sessions
                .Where(session => request.Text is not { } text || session.CallId.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Where(session => session.Trouble || !request.Trouble)
                .Where(session => request.Verdict is not { } verdict || session.Verdict == verdict),
        ];
        IEnumerable<SessionDetail> sorted = request.Sort switch
        {
            "oldest" => matching.OrderBy(session => session.SetUpAt),
            "newest" => matching.OrderByDescending(session => session.SetUpAt),
            "call-id" => matching.OrderBy(session => session.CallId, StringComparer.Ordinal),
            _ => matching.OrderByDescending(session => session.Trouble),
        };
        return new SessionPage(
            Sessions.Count, matching.Length, request.Skip, [.. sorted.Skip(request.Skip).Take(request.Take ?? 100).Select(Samples.Row)]);
    }
}
