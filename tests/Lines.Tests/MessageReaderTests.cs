using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace RtpProxy.Lines.Tests;

public sealed class MessageReaderTests
{
    private const int MaxLength = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_cut_where_the_measure_says_however_they_come()
    {
        byte[] bytes = "3abc0 5hello9123456789"u8.ToArray();

        for (int step = 1; step <= bytes.Length; step++)
        {
            var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 1, pauseWriterThreshold: 0));
            Task writing = Pieces.WriteAsync(pipe.Writer, bytes, step);
            var messages = new MessageReader(pipe.Reader, Counted, MaxLength);

            foreach (string expected in new[] { "3abc", "0", " ", "5hello", "9123456789" })
            {
                MessageRead read = await messages.ReadAsync(Cancellation);
                read.IsWhole.ShouldBeTrue();
                Encoding.ASCII.GetString(read.Bytes.Span).ShouldBe(expected);
            }

            (await messages.ReadAsync(Cancellation)).Status.ShouldBe(MessageStatus.End);
            await writing;
        }
    }

    [Fact]
    public async Task A_measure_is_told_what_it_has_seen_before()
    {
        var pipe = new Pipe();
        var seen = new List<(long Received, long Seen)>();
        var messages = new MessageReader(
            pipe.Reader,
            (in ReadOnlySequence<byte> received, long before) =>
            {
                seen.Add((received.Length, before));
                return received.Length == 6 ? 6 : -1;
            },
            MaxLength);
        Task<MessageRead> reading = messages.ReadAsync(Cancellation).AsTask();

        await pipe.Writer.WriteAsync(new byte[2], Cancellation);
        await pipe.Writer.WriteAsync(new byte[4], Cancellation);
        (await reading).IsWhole.ShouldBeTrue();

        seen[^1].Received.ShouldBe(6);
        seen[^1].Seen.ShouldBe(seen.Count == 1 ? 0 : seen[^2].Received);
    }

    [Fact]
    public async Task A_message_as_long_as_allowed_is_whole_and_a_longer_one_is_not()
    {
        (await FirstOf(MaxLength)).ShouldBe(MessageStatus.Whole);
        (await FirstOf(MaxLength + 1)).ShouldBe(MessageStatus.TooLong);

        static async Task<MessageStatus> FirstOf(int length)
        {
            var messages = new MessageReader(
                PipeReader.Create(new MemoryStream(new byte[100])),
                (in ReadOnlySequence<byte> received, long _) => received.Length < length ? -1 : length,
                MaxLength);
            return (await messages.ReadAsync(Cancellation)).Status;
        }
    }

    [Fact]
    public async Task Who_waits_no_longer_gets_what_has_come()
    {
        var pipe = new Pipe();
        var messages = new MessageReader(pipe.Reader, Counted, MaxLength);
        await pipe.Writer.WriteAsync("5hel"u8.ToArray(), Cancellation);
        Task<MessageRead> reading = messages.ReadAsync(Cancellation).AsTask();
        reading.IsCompleted.ShouldBeFalse();

        pipe.Reader.CancelPendingRead();
        MessageRead read = await reading;

        read.Status.ShouldBe(MessageStatus.End);
        Encoding.ASCII.GetString(read.Bytes.Span).ShouldBe("5hel");
    }

    // A digit, and so many bytes behind it; anything else is a message of one byte.
    private static long Counted(in ReadOnlySequence<byte> received, long seen)
    {
        if (received.IsEmpty)
        {
            return -1;
        }

        byte first = received.FirstSpan[0];
        int length = char.IsAsciiDigit((char)first) ? 1 + first - '0' : 1;
        return received.Length < length ? -1 : length;
    }
}
