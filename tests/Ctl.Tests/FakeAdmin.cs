using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Ctl.Tests;

/// <summary>The admin socket of an rtpproxy without the rtpproxy: answers what the test wants, wrongly or not at all.</summary>
internal sealed class FakeAdmin : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<AdminRequest, string?> _answer;
    private readonly List<AdminRequest> _requests = [];
    private readonly List<Socket> _connections = [];
    private readonly List<Task> _tasks = [];

    private FakeAdmin(string path, Func<AdminRequest, string?> answer)
    {
        Path = path;
        _answer = answer;
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(16);
        _tasks.Add(AcceptAsync());
    }

    public string Path { get; }

    public string Url => $"unix:{Path}";

    /// <summary>What was asked so far, beside who it is.</summary>
    public IReadOnlyList<AdminRequest> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Answers who it is, with the number of the request, and all else by a reply without its number.</summary>
    public static FakeAdmin Start(Func<AdminRequest, AdminReply> answer, string? path = null, RelayHello? hello = null) => StartRaw(
        request =>
        {
            AdminReply reply = request.Ask == AdminWords.Hello ? new AdminReply { Hello = hello ?? Hello } : answer(request);
            return JsonSerializer.Serialize(reply with { Id = request.Id }, AdminJson.Default.AdminReply) + "\n";
        },
        path);

    /// <param name="answer">What is sent as it is; null for nothing, and an empty text ends the connection.</param>
    public static FakeAdmin StartRaw(Func<AdminRequest, string?> answer, string? path = null) =>
        new(path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"admin-{Guid.NewGuid():N}.sock"), answer);

    public static RelayHello Hello => new()
    {
        Protocol = AdminWords.Version,
        Version = "9.8.7",
        Node = "relay",
        Pid = int.MaxValue,
        StartedAt = DateTimeOffset.UtcNow.AddHours(-3),
        Workers = 2,
    };

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        lock (_connections)
        {
            _connections.ForEach(connection => connection.Dispose());
        }

        await Task.WhenAll(_tasks);
        File.Delete(Path);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket connection = await _listener.AcceptAsync();
                lock (_connections)
                {
                    _connections.Add(connection);
                }

                _ = ServeAsync(connection);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        try
        {
            using var stream = new NetworkStream(connection, ownsSocket: true);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync() is { } line)
            {
                if (!line.StartsWith('{'))
                {
                    await stream.WriteAsync("{\"error\":{\"code\":\"malformed\",\"text\":\"no request\"}}\n"u8.ToArray());
                    continue;
                }

                AdminRequest request = JsonSerializer.Deserialize(line, AdminJson.Default.AdminRequest)!;
                if (request.Ask != AdminWords.Hello)
                {
                    lock (_requests)
                    {
                        _requests.Add(request);
                    }
                }

                string? answer = _answer(request);
                if (answer is "")
                {
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer ?? ""));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
        }
    }
}
