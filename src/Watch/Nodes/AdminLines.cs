using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>Reads the lines of a relay: bounded in length, and whole. Not thread-safe.</summary>
internal sealed class AdminLines(Stream stream) : IAsyncDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 32 * 1024));

    /// <returns>The next line; null when the relay has closed the connection.</returns>
    /// <exception cref="NodeFaultException">What comes is no line of an admin socket.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async ValueTask<AdminReply?> ReadAsync(CancellationToken stop)
    {
        long looked = 0;
        while (true)
        {
            ReadResult read = await _reader.ReadAsync(stop).ConfigureAwait(false);
            if (read.Buffer.Slice(looked).PositionOf((byte)'\n') is { } end)
            {
                AdminReply reply = Parse(read.Buffer.Slice(0, end));
                _reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return reply;
            }

            looked = read.Buffer.Length;
            if (looked > AdminWords.MaxReplyLength)
            {
                throw new NodeFaultException($"the relay sent a line of more than {AdminWords.MaxReplyLength} bytes");
            }

            if (read.IsCompleted)
            {
                return null;
            }

            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();

    private static AdminReply Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            AdminReply? reply = JsonSerializer.Deserialize(ref json, RelayJson.Default.AdminReply);
            return reply is not null && ReplyCheck.IsWhole(reply)
                ? reply
                : throw new NodeFaultException("the relay sent a line with parts missing");
        }
        catch (JsonException e)
        {
            throw new NodeFaultException("the relay sent something that is no line of an admin socket", e);
        }
    }
}
