using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary><c>unix:</c>: connect, write the command, read the reply, close. Nothing ends the command but its last byte.</summary>
internal sealed class UnixTransport(RelayAddress address, RelayClientOptions options, TimeProvider time) : IRelayTransport
{
    private const int MaxReplyLength = 16_384; // Replies are 1,023 bytes at most (control protocol, section 2.2).

    // Servers send a reply in one piece, most of them with a line end. What comes without one is over when nothing follows.
    private static readonly TimeSpan PauseBetweenPieces = TimeSpan.FromMilliseconds(200);

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
        catch (SocketException e)
        {
            return RelayReply.Failed(RelayFailure.Unreachable, ConnectionProblem.Describe(address, e));
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

    private async Task<RelayReply> ReadAsync(Socket socket, ReplyFraming framing, CancellationToken cancellation)
    {
        byte[] buffer = new byte[MaxReplyLength];
        int filled = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellation).ConfigureAwait(false);
        int received = filled;
        while (received > 0 && filled < buffer.Length && framing.Measure(new ReadOnlySequence<byte>(buffer, 0, filled)) < 0)
        {
            received = await ReadMoreAsync(socket, buffer.AsMemory(filled), cancellation).ConfigureAwait(false);
            filled += received;
        }

        // A connection that closes without a word is no reply, not an empty one.
        return filled == 0
            ? RelayReply.Failed(RelayFailure.Unreachable)
            : RelayReply.From(Encoding.Latin1.GetString(buffer.AsSpan(0, filled)));
    }

    // 0 when nothing more comes.
    private async Task<int> ReadMoreAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellation)
    {
        using var pause = new CancellationTokenSource(PauseBetweenPieces, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellation);
        try
        {
            return await socket.ReceiveAsync(buffer, SocketFlags.None, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }
}
