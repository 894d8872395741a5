using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Lines;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary><c>unix:</c>: connect, write the command, read the reply, close. Nothing ends the command but its last byte.</summary>
internal sealed class UnixTransport(RelayAddress address, RelayClientOptions options, TimeProvider time) : IRelayTransport
{
    private const int MaxReplyLength = 16_384; // Replies are 1,023 bytes at most (control protocol, section 2.2).

    // Servers send a reply in one piece, most of them with a line end. What comes without one is over when nothing follows.
    private static readonly TimeSpan PauseBetweenPieces = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ReplyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token, cancellationToken);
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
        catch (IOException e) when (e.InnerException is SocketException cause)
        {
            return RelayReply.Failed(RelayFailure.Unreachable, ConnectionProblem.Describe(address, cause));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RelayReply.Failed(limit.IsCancellationRequested ? RelayFailure.NoReply : RelayFailure.Unreachable);
        }
    }

    public ValueTask DisposeAsync()
    {
        _stop.Cancel();
        return ValueTask.CompletedTask;
    }

    private async Task<RelayReply> ReadAsync(Socket socket, ReplyFraming framing, CancellationToken cancellationToken)
    {
        PipeReader source = PipeReader.Create(new NetworkStream(socket));
        using ITimer pause = time.CreateTimer(
            static source => ((PipeReader)source!).CancelPendingRead(), source, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        MessageRead reply = await new MessageReader(source, Measure, MaxReplyLength).ReadAsync(cancellationToken).ConfigureAwait(false);

        // A connection that closes without a word is no reply, not an empty one.
        return reply.Bytes.IsEmpty
            ? RelayReply.Failed(RelayFailure.Unreachable)
            : RelayReply.From(Encoding.Latin1.GetString(reply.Bytes.Span));

        long Measure(in ReadOnlySequence<byte> received, long seen)
        {
            if (!received.IsEmpty)
            {
                pause.Change(PauseBetweenPieces, Timeout.InfiniteTimeSpan);
            }

            return framing.Measure(received);
        }
    }
}
