using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Lines.Tests.Fuzz;

namespace RtpProxy.Lines.Tests;

public sealed class LineReaderTests
{
    private const int MaxLength = LineReaderTarget.MaxLength;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Lines_come_out_as_they_went_in_however_they_are_cut() =>
        Prop.ForAll(
            Gen.Choose(0, 300).SelectMany(n => Gen.Elements(Encoding.ASCII.GetBytes("V \r\n\nU12").ToArray()).ArrayOf(n)).ToArbitrary(),
            Gen.Choose(1, 40).ToArbitrary(),
            (bytes, step) => LineReaderTarget.Fuzz([(byte)(step - 1), .. bytes])).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("123456789012\nV\n", "Whole 123456789012", "Whole V", "End ")]
    [InlineData("1234567890123\nV\n", "TooLong 123456789012", "Whole V", "End ")]
    [InlineData("1234567890123456789012345678901234567890\nV\n", "TooLong 123456789012", "Whole V", "End ")]
    [InlineData("1234567890123", "TooLong 123456789012", "End ")]
    [InlineData("12345678901234567", "TooLong 123456789012", "End ")]
    [InlineData("V\r\n\nhalf", "Whole V\r", "Whole ", "End half")]
    [InlineData("", "End ")]
    public async Task A_line_may_be_so_long_and_the_next_is_read_all_the_same(string text, params string[] expected)
    {
        for (int step = 1; step <= text.Length + 1; step++)
        {
            string.Join('|', await LineReaderTarget.ReadAsync(Encoding.ASCII.GetBytes(text), step)).ShouldBe(string.Join('|', expected), $"in pieces of {step}");
        }
    }

    [Fact]
    public async Task What_is_held_of_an_endless_line_is_bounded()
    {
        const int Threshold = 1024;
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: Threshold, resumeWriterThreshold: Threshold / 2));
        var lines = new LineReader(pipe.Reader, MaxLength);
        Task writing = Task.Run(async () =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                await pipe.Writer.WriteAsync(new byte[Threshold], Cancellation);
            }

            await pipe.Writer.WriteAsync("\nV\n"u8.ToArray(), Cancellation);
        }, Cancellation);

        (await lines.ReadAsync(Cancellation)).Status.ShouldBe(MessageStatus.TooLong);
        MessageRead read = await lines.ReadAsync(Cancellation);

        read.IsWhole.ShouldBeTrue();
        Encoding.ASCII.GetString(read.Bytes.Span).ShouldBe("V");
        await writing;
    }

    [Fact]
    public async Task Nothing_is_lost_when_reading_is_cancelled()
    {
        var pipe = new Pipe();
        var lines = new LineReader(pipe.Reader, MaxLength);
        await pipe.Writer.WriteAsync("ha"u8.ToArray(), Cancellation);
        using var cancelled = new CancellationTokenSource();
        Task<MessageRead> reading = lines.ReadAsync(cancelled.Token).AsTask();
        reading.IsCompleted.ShouldBeFalse();

        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
        await pipe.Writer.WriteAsync("lf\n"u8.ToArray(), Cancellation);

        Encoding.ASCII.GetString((await lines.ReadAsync(Cancellation)).Bytes.Span).ShouldBe("half");
    }

    [Fact]
    public async Task A_stream_that_has_ended_says_so_whenever_it_is_asked()
    {
        var lines = new LineReader(PipeReader.Create(new MemoryStream("V\nx"u8.ToArray())), MaxLength);

        (await lines.ReadAsync(Cancellation)).IsWhole.ShouldBeTrue();
        Encoding.ASCII.GetString((await lines.ReadAsync(Cancellation)).Bytes.Span).ShouldBe("x");
        MessageRead last = await lines.ReadAsync(Cancellation);

        last.Status.ShouldBe(MessageStatus.End);
        last.Bytes.IsEmpty.ShouldBeTrue();
    }
}
