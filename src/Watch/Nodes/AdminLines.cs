using System.Buffers;
using System.IO.Pipelines;
using RtpProxy.Admin;
using RtpProxy.Lines;

namespace RtpProxy.Watch.Nodes;

/// <summary>Reads the lines of a relay: bounded in length, and whole. Not thread-safe.</summary>
internal sealed class AdminLines : IAsyncDisposable
{
    private const int PieceLength = 32 * 1024;

    private readonly PipeReader _source;
    private readonly LineReader _lines;

    public AdminLines(Stream stream)
    {
        _source = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: PieceLength));
        _lines = new LineReader(_source, AdminWords.MaxReplyLength);
    }

    /// <returns>The next line; null when the relay has closed the connection.</returns>
    /// <exception cref="NodeFaultException">What comes is no line of an admin socket.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<AdminReply?> ReadAsync(CancellationToken stop)
    {
        MessageRead line = await _lines.ReadAsync(stop).ConfigureAwait(false);
        return line.Status switch
        {
            MessageStatus.Whole => Parse(line.Sequence),
            MessageStatus.End => null,
            _ => throw new NodeFaultException($"the relay sent a line of more than {AdminWords.MaxReplyLength} bytes"),
        };
    }

    public ValueTask DisposeAsync() => _source.CompleteAsync();

    private static AdminReply Parse(in ReadOnlySequence<byte> line) => ReplyReader.TryRead(line, out AdminReply? reply, out string? problem)
        ? reply
        : throw new NodeFaultException($"the relay sent {problem}");
}
