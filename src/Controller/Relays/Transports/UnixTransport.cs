using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary><c>unix:</c>: connect, write the command, read the reply, close. Nothing ends the command but its last byte.</summary>
internal sealed class UnixTransport(RelayAddress address, RelayClientOptions options, TimeProvider time) : IRelayTransport
{
    private const int MaxReplyLength = 16_384; // Replies are 1,023 bytes at most (control protocol, section 2.2).

    private readonly CancellationTokenSource _stop = new();

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.ReplyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token, cancellation);
        try
        {
            using Socket socket = await ControlSocket.ConnectAsync(address, null, time, either.Token).ConfigureAwait(false);
            for (ReadOnlyMemory<byte> rest = command; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, either.Token).ConfigureAwait(false)..];
            }

            return await ReadAsync(socket, ReplyFraming.For(command.Span), either.Token).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            return RelayReply.Failed(RelayFailure.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return RelayReply.Failed(limit.IsCancellationRequested ? RelayFailure.NoReply : RelayFailure.Unreachable);
        }
    }

    public ValueTask DisposeAsync()
    {
        _stop.Cancel();
        return ValueTask.CompletedTask;
    }

    private static async Task<RelayReply> ReadAsync(Socket socket, ReplyFraming framing, CancellationToken cancellation)
    {
        byte[] buffer = new byte[MaxReplyLength];
        int filled = 0;
        while (filled < buffer.Length)
        {
            int received = await socket.ReceiveAsync(buffer.AsMemory(filled), SocketFlags.None, cancellation)
                .ConfigureAwait(false);
            filled += received;
            if (received == 0 || framing.Measure(buffer.AsSpan(0, filled)) >= 0)
            {
                break;
            }
        }

        // A connection that closes without a word is no reply, not an empty one.
        return filled == 0
            ? RelayReply.Failed(RelayFailure.Unreachable)
            : RelayReply.From(Encoding.Latin1.GetString(buffer.AsSpan(0, filled)));
    }
}
