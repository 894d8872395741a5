using System.Buffers;
using System.IO.Pipelines;

namespace RtpProxy.Lines;

/// <summary>Cuts a stream of bytes into lines at every LF. Behind a line that is too long it goes on with the next one.</summary>
/// <remarks>Owned by one reader.</remarks>
/// <param name="source">Where the bytes come from; borrowed.</param>
/// <param name="maxLength">Of a line, in bytes without its LF.</param>
internal sealed class LineReader(PipeReader source, int maxLength)
{
    private readonly MessageReader _messages = new(source, MeasureLine, maxLength + 1);

    /// <summary>Waits for the next line and gives it without its LF; a CR before that belongs to it.</summary>
    /// <inheritdoc cref="MessageReader.ReadAsync"/>
    public async ValueTask<MessageRead> ReadAsync(CancellationToken cancellation = default)
    {
        MessageRead read = await _messages.ReadAsync(cancellation).ConfigureAwait(false);
        return read.Status == MessageStatus.End ? read : read with { Sequence = read.Sequence.Slice(0, read.Sequence.Length - 1) };
    }

    private static long MeasureLine(in ReadOnlySequence<byte> received, long seen) =>
        received.Slice(seen).PositionOf((byte)'\n') is { } end ? received.Slice(0, end).Length + 1 : -1;
}
