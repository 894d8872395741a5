using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit;

namespace RtpProxy.EndToEnd.Control;

/// <summary><c>cunix:</c> and <c>tcp:</c>: a kept connection, a line per command (control protocol, section 1.5).</summary>
/// <remarks>For commands with one reply line.</remarks>
public sealed class LineControlClient : ControlClient
{
    private readonly Socket _socket;
    private readonly StreamReader _replies;

    public LineControlClient(EndPoint daemon)
    {
        _socket = daemon is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(daemon.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Connect(daemon);
        _replies = new StreamReader(new NetworkStream(_socket), Encoding.Latin1);
    }

    /// <summary>Sends many commands in few writes and returns their replies in the same order.</summary>
    public async Task<IReadOnlyList<string>> AskAllAsync(IEnumerable<string> commands)
    {
        var replies = new List<string>();
        foreach (string[] batch in commands.Chunk(100))
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes(string.Concat(batch.Select(command => command + "\n"))));
            using var deadline = new CancellationTokenSource(Eventually.Deadline);
            foreach (string _ in batch)
            {
                replies.Add(await ReadLineAsync(deadline.Token));
            }
        }

        return replies;
    }

    public override void Dispose()
    {
        _replies.Dispose();
        _socket.Dispose();
        base.Dispose();
    }

    protected override async Task<string> ExchangeAsync(string command, CancellationToken cancellation)
    {
        await _socket.SendAsync(Encoding.Latin1.GetBytes(command + "\n"), cancellation);
        return await ReadLineAsync(cancellation);
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellation) =>
        await _replies.ReadLineAsync(cancellation) ?? throw new EndOfStreamException("the daemon closed the connection");
}
