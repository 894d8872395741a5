using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.TestKit.Controllers;

/// <summary>
/// The control socket of an rtpproxy without the rtpproxy: records each command and answers what the test wants, late,
/// twice, wrongly or not at all. Its address is chosen by the kernel.
/// </summary>
public sealed class FakeRelay : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _commands = [];
    private readonly List<string> _cookies = [];
    private readonly List<Socket> _connections = [];
    private readonly List<Task> _tasks = [];
    private readonly string _scheme;
    private readonly EndPoint _local;
    private Socket? _listener;
    private EndPoint? _boundTo;
    private int _accepted;
    private int _answered;
    private int _closed;

    private FakeRelay(string scheme, EndPoint local, Func<string, ValueTask<string?>> answer)
    {
        _scheme = scheme;
        _local = local;
        Answer = answer;
        ClosesAfterReply = scheme == "unix";
    }

    /// <summary>Text of the reply without its LF, or null for silence. Awaited in order on streams, at once over UDP.</summary>
    public Func<string, ValueTask<string?>> Answer { get; set; }

    /// <summary>Cookie (null on streams) and reply text in; what is really sent out, piece by piece.</summary>
    public Func<string?, string, IEnumerable<string>> Wire { get; set; } =
        (cookie, reply) => [cookie is null ? reply + "\n" : $"{cookie} {reply}\n"];

    /// <summary>The commands received so far, repetitions included, without cookies and line ends.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (_gate)
            {
                return [.. _commands];
            }
        }
    }

    public IReadOnlyList<string> Cookies
    {
        get
        {
            lock (_gate)
            {
                return [.. _cookies];
            }
        }
    }

    /// <summary>Where the last datagram came from.</summary>
    public EndPoint? LastPeer { get; private set; }

    /// <summary>End each connection after one reply; always so for unix, never by default for the others.</summary>
    public bool ClosesAfterReply { get; set; }

    /// <summary>Connections that the client has closed so far.</summary>
    public int Closed => Volatile.Read(ref _closed);

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>The address as a controller writes it.</summary>
    public string Url { get; private set; } = "";

    /// <param name="scheme">udp, udp6, tcp, tcp6, unix or cunix.</param>
    public static FakeRelay Start(string scheme, Func<string, ValueTask<string?>> answer)
    {
        EndPoint local = scheme switch
        {
            "udp" or "tcp" => new IPEndPoint(IPAddress.Loopback, 0),
            "udp6" or "tcp6" => new IPEndPoint(IPAddress.IPv6Loopback, 0),
            "unix" or "cunix" => new UnixDomainSocketEndPoint(
                Path.Combine(Path.GetTempPath(), $"fake-{Guid.NewGuid():N}.sock")),
            _ => throw new ArgumentException($"no such transport: {scheme}", nameof(scheme)),
        };
        var relay = new FakeRelay(scheme, local, answer);
        relay.Open(local);
        return relay;
    }

    public static FakeRelay Start(string scheme, Func<string, string?> answer) =>
        Start(scheme, command => ValueTask.FromResult(answer(command)));

    /// <summary>A relay that answers like a real one: version and capabilities, fresh ports, and OK for the rest.</summary>
    public static FakeRelay Start(string scheme = "udp", string address = "127.0.0.1") =>
        Start(scheme, new PlausibleAnswers(address).Answer);

    /// <summary>Closes everything, as a process that is killed; the address stays known for <see cref="Restart"/>.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (Socket connection in _connections)
            {
                connection.Dispose();
            }

            _connections.Clear();
        }
    }

    /// <summary>Comes back at the same address.</summary>
    public void Restart() => Open(_boundTo ?? _local);

    public async Task WaitForCommandsAsync(int count) => await Eventually.TrueAsync(() => Commands.Count >= count);

    /// <summary>Waits until so many replies have left: to be killed before is to leave a command without one.</summary>
    public async Task WaitForAnswersAsync(int count) => await Eventually.TrueAsync(() => Volatile.Read(ref _answered) >= count);

    public async ValueTask DisposeAsync()
    {
        Kill();
        Task[] tasks;
        lock (_gate)
        {
            tasks = [.. _tasks];
        }

        await Task.WhenAll(tasks);
        if (_local is UnixDomainSocketEndPoint path)
        {
            File.Delete(path.ToString());
        }
    }

    private void Open(EndPoint local)
    {
        bool datagrams = _scheme.StartsWith("udp", StringComparison.Ordinal);
        var socket = new Socket(local.AddressFamily, datagrams ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
        if (local is UnixDomainSocketEndPoint path)
        {
            File.Delete(path.ToString());
        }
        else if (!datagrams)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }

        socket.Bind(local);
        _boundTo = socket.LocalEndPoint is IPEndPoint ip ? ip : local;
        Url = _boundTo is IPEndPoint bound ? $"{_scheme}:{bound.Address}:{bound.Port}" : $"{_scheme}:{local}";
        if (!datagrams)
        {
            socket.Listen(32);
        }

        lock (_gate)
        {
            _listener = socket;
            _tasks.Add(datagrams ? ServeDatagramsAsync(socket) : AcceptAsync(socket));
        }
    }

    private async Task ServeDatagramsAsync(Socket socket)
    {
        byte[] buffer = new byte[65_536];
        var any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, any);
                string text = Encoding.Latin1.GetString(buffer, 0, received.ReceivedBytes);
                LastPeer = received.RemoteEndPoint;
                int blank = text.IndexOf(' ', StringComparison.Ordinal);
                _ = AnswerDatagramAsync(socket, received.RemoteEndPoint, text[..blank], text[(blank + 1)..]);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AnswerDatagramAsync(Socket socket, EndPoint to, string cookie, string command)
    {
        Record(cookie, command);
        if (await Answer(command) is not { } reply)
        {
            return;
        }

        try
        {
            foreach (string piece in Wire(cookie, reply))
            {
                await socket.SendToAsync(Encoding.Latin1.GetBytes(piece), to);
            }

            Interlocked.Increment(ref _answered);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                Socket connection = await listener.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                lock (_gate)
                {
                    if (_listener != listener)
                    {
                        connection.Dispose();
                        return;
                    }

                    _connections.Add(connection);
                    _tasks.Add(_scheme == "unix" ? ServeOneCommandAsync(connection) : ServeLinesAsync(connection));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeOneCommandAsync(Socket connection)
    {
        byte[] buffer = new byte[8_191];
        try
        {
            int length = await connection.ReceiveAsync(buffer);
            string command = Encoding.Latin1.GetString(buffer, 0, length);
            Record(null, command);
            if (await AnswerStreamAsync(connection, command) && ClosesAfterReply)
            {
                connection.Dispose();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeLinesAsync(Socket connection)
    {
        try
        {
            using var stream = new NetworkStream(connection);
            using var lines = new StreamReader(stream, Encoding.Latin1);
            while (await lines.ReadLineAsync() is { } command)
            {
                Record(null, command);
                if (await AnswerStreamAsync(connection, command) && ClosesAfterReply)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
        }
        finally
        {
            Interlocked.Increment(ref _closed);
            connection.Dispose();
        }
    }

    private async Task<bool> AnswerStreamAsync(Socket connection, string command)
    {
        if (await Answer(command) is not { } reply)
        {
            return false;
        }

        foreach (string piece in Wire(null, reply))
        {
            await connection.SendAsync(Encoding.Latin1.GetBytes(piece));
        }

        Interlocked.Increment(ref _answered);
        return true;
    }

    private void Record(string? cookie, string command)
    {
        lock (_gate)
        {
            _commands.Add(command);
            if (cookie is not null)
            {
                _cookies.Add(cookie);
            }
        }
    }
}
