using RtpProxy.Io.Net.ControlEndpoints;

namespace RtpProxy.Io.Tests.Fuzz;

/// <summary>
/// Any bytes in pieces of any size, where the first byte says how large the pieces are: the lines are those that
/// splitting the whole at once gives, up to the first that is too long.
/// </summary>
public static class LineBufferTarget
{
    private const int MaxLineLength = 8191;

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        int step = (data[0] * 37) + 1;
        ReadOnlySpan<byte> bytes = data[1..];
        var buffer = new LineBuffer(MaxLineLength);
        int start = 0;
        for (int position = 0; position < bytes.Length && !buffer.IsOverfull;)
        {
            Span<byte> free = buffer.GetFreeSpace().Span;
            ReadOnlySpan<byte> piece = bytes.Slice(position, Math.Min(Math.Min(step, free.Length), bytes.Length - position));
            piece.CopyTo(free);
            buffer.Advance(piece.Length);
            position += piece.Length;
            while (buffer.TryTakeLine(out ReadOnlyMemory<byte> line))
            {
                line.Span.SequenceEqual(bytes.Slice(start, line.Length)).ShouldBeTrue();
                line.Span.Contains((byte)'\n').ShouldBeFalse();
                bytes[start + line.Length].ShouldBe((byte)'\n');
                start += line.Length + 1;
            }
        }

        if (buffer.IsOverfull)
        {
            bytes.Slice(start, MaxLineLength + 1).Contains((byte)'\n').ShouldBeFalse();
        }
        else
        {
            bytes[start..].Contains((byte)'\n').ShouldBeFalse();
        }
    }
}
