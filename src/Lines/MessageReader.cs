using System.Buffers;
using System.IO.Pipelines;

namespace RtpProxy.Lines;

/// <summary>
/// Cuts a stream of bytes into messages, however it comes in pieces. Holds one message of the longest allowed and what came
/// with its last piece, whatever is sent.
/// </summary>
/// <remarks>
/// Owned by one reader. What follows a message that is too long is thrown away up to the next end that the measure finds: that is
/// right where one byte ends a message, as LF does (<see cref="LineReader"/>). Who measures otherwise ends the connection.
/// </remarks>
/// <param name="source">Where the bytes come from, such as <see cref="PipeReader.Create(Stream, StreamPipeReaderOptions?)"/>; borrowed.</param>
/// <param name="maxLength">Of a message, in bytes; at least 1.</param>
internal sealed class MessageReader(PipeReader source, MessageMeasure measure, int maxLength)
{
    private SequencePosition? _taken; // the end of the message that the caller may still look at
    private bool _isSkipping;

    /// <summary>
    /// Waits for the next message; what was read before is no longer valid. Where a pause ends a message, whoever has the source
    /// cancels its pending read (<see cref="PipeReader.CancelPendingRead"/>): that is an end here.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="cancellation"/> was cancelled; nothing is lost, and reading may go on.
    /// </exception>
    /// <exception cref="IOException">The source is broken.</exception>
    public async ValueTask<MessageRead> ReadAsync(CancellationToken cancellation = default)
    {
        if (_taken is { } taken)
        {
            _taken = null;
            source.AdvanceTo(taken);
        }

        long seen = 0;
        while (true)
        {
            ReadResult result = await source.ReadAsync(cancellation).ConfigureAwait(false);
            ReadOnlySequence<byte> received = result.Buffer;
            long length = measure(received, Math.Min(seen, received.Length));
            if (length < 0 && received.Length < maxLength)
            {
                if (result.IsCompleted || result.IsCanceled)
                {
                    return Take(MessageStatus.End, received, _isSkipping ? 0 : received.Length);
                }

                seen = received.Length;
                source.AdvanceTo(received.Start, received.End);
            }
            else if (_isSkipping)
            {
                _isSkipping = length < 0;
                seen = 0;
                source.AdvanceTo(length < 0 ? received.End : received.GetPosition(length));
            }
            else if (length < 0 || length > maxLength)
            {
                _isSkipping = length < 0;
                return Take(MessageStatus.TooLong, length < 0 ? received : received.Slice(0, length), maxLength);
            }
            else
            {
                return Take(MessageStatus.Whole, received.Slice(0, length), length);
            }
        }
    }

    /// <param name="used">All of it is used up.</param>
    /// <param name="shown">How much of it the caller is shown.</param>
    private MessageRead Take(MessageStatus status, in ReadOnlySequence<byte> used, long shown)
    {
        _taken = used.End;
        return new MessageRead(status, used.Slice(0, shown));
    }
}
