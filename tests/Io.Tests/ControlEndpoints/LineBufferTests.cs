using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Io.Net.ControlEndpoints;

namespace RtpProxy.Io.Tests.ControlEndpoints;

public sealed class LineBufferTests
{
    private const int MaxLineLength = 8191;

    [Fact]
    public void Lines_come_out_as_they_went_in_however_they_are_cut() =>
        Prop.ForAll(
            Gen.Choose(0, 300).SelectMany(n => Gen.Elements(Encoding.ASCII.GetBytes("V \r\nU12").ToArray()).ArrayOf(n)).ToArbitrary(),
            Gen.Choose(1, 40).ToArbitrary(),
            (bytes, step) =>
            {
                string[] expected = Encoding.ASCII.GetString(bytes).Split('\n')[..^1];
                return Cut(bytes, step).SequenceEqual(expected);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_line_has_8191_bytes_before_its_end()
    {
        byte[] line = [.. Enumerable.Repeat((byte)'A', 8191), (byte)'\n'];

        Cut(line, 1000).ShouldHaveSingleItem().Length.ShouldBe(8191);
    }

    [Fact]
    public void A_full_buffer_without_a_line_is_overfull()
    {
        var buffer = new LineBuffer(MaxLineLength);
        Fill(buffer, MaxLineLength + 1);

        buffer.TryTakeLine(out _).ShouldBeFalse();

        buffer.IsOverfull.ShouldBeTrue();
        buffer.GetFreeSpace().IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_full_buffer_that_holds_lines_is_not_overfull()
    {
        var buffer = new LineBuffer(MaxLineLength);
        Memory<byte> free = buffer.GetFreeSpace();
        free.Span.Fill((byte)'A');
        free.Span[10] = (byte)'\n';
        buffer.Advance(free.Length);

        buffer.TryTakeLine(out ReadOnlyMemory<byte> line).ShouldBeTrue();
        line.Length.ShouldBe(10);
        buffer.TryTakeLine(out _).ShouldBeFalse();

        buffer.IsOverfull.ShouldBeFalse();
        buffer.GetFreeSpace().Length.ShouldBe(11);
    }

    private static void Fill(LineBuffer buffer, int count)
    {
        buffer.GetFreeSpace().Span[..count].Fill((byte)'A');
        buffer.Advance(count);
    }

    private static List<string> Cut(ReadOnlySpan<byte> bytes, int step)
    {
        var lines = new List<string>();
        var buffer = new LineBuffer(MaxLineLength);
        while (bytes.Length > 0)
        {
            int count = Math.Min(step, bytes.Length);
            bytes[..count].CopyTo(buffer.GetFreeSpace().Span);
            buffer.Advance(count);
            bytes = bytes[count..];
            while (buffer.TryTakeLine(out ReadOnlyMemory<byte> line))
            {
                lines.Add(Encoding.ASCII.GetString(line.Span));
            }
        }

        return lines;
    }
}
