using System.Net.Sockets;
using System.Text;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.TestKit.Daemon;

/// <summary>The controller's end of a control socket of any kind. Not thread-safe.</summary>
public abstract class ControlClient : IAsyncDisposable
{
    private static readonly TimeSpan ReplyDeadline = Eventually.Deadline;

    /// <summary>Sends a command, framed as the transport wants it, and waits for the whole reply.</summary>
    /// <param name="command">Without line end and cookie.</param>
    /// <param name="lineCount">How many lines the reply has; where the transport itself tells its end, ignored.</param>
    /// <returns>The reply with its last line end and without cookie.</returns>
    /// <exception cref="OperationCanceledException">No reply came.</exception>
    public async Task<byte[]> AskAsync(ReadOnlyMemory<byte> command, int lineCount = 1)
    {
        using CancellationTokenSource deadline = new(ReplyDeadline);
        return await ExchangeAsync(command, lineCount, deadline.Token);
    }

    /// <summary>As <see cref="AskAsync(ReadOnlyMemory{byte}, int)"/>, in text and without the last line end.</summary>
    public async Task<string> AskAsync(string command, int lineCount = 1) =>
        Encoding.Latin1.GetString(await AskAsync(Encoding.Latin1.GetBytes(command), lineCount)).TrimEnd('\n');

    public abstract ValueTask DisposeAsync();

    protected abstract Task<byte[]> ExchangeAsync(ReadOnlyMemory<byte> command, int lineCount, CancellationToken cancellationToken);

    internal static async Task<ControlClient> ConnectAsync(DaemonProcess daemon, ControlSocket socket)
    {
        switch (socket.Transport)
        {
            case Transport.Stdio:
                return new LineControlClient(daemon.OutputStream, daemon.Input, socket: null);
            case Transport.Unix:
                return new OneShotControlClient(socket.EndPoint!);
            case Transport.Udp or Transport.Udp6:
                return new DatagramControlClient(socket.EndPoint!);
            default:
                Socket connection = await StreamConnection.OpenAsync(socket.EndPoint!);
                NetworkStream stream = new(connection, ownsSocket: false);
                return new LineControlClient(stream, stream, connection);
        }
    }
}
