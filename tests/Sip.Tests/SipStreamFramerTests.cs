using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Sip.Framing;

namespace RtpProxy.Sip.Tests;

public sealed class SipStreamFramerTests
{
    private const string Bodyless = "OPTIONS sip:a SIP/2.0\r\nl: 0\r\n\r\n";
    private const string Conversation = Messages.Invite + "\r\n" + Bodyless + "\r\n\r\n" + Messages.Invite;

    [Fact]
    public void Messages_are_cut_wherever_the_stream_is_cut()
    {
        byte[] bytes = Messages.Bytes(Conversation);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Read(bytes[..cut], bytes[cut..]).ShouldBe([Messages.Invite, Bodyless, "ping", Messages.Invite]);
        }
    }

    [Fact]
    public void Messages_are_cut_byte_by_byte() =>
        Read([.. Messages.Bytes(Conversation).Select(b => new[] { b })]).ShouldBe([Messages.Invite, Bodyless, "ping", Messages.Invite]);

    [Fact]
    public void Lines_may_end_in_line_feeds()
    {
        string text = Messages.Invite.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("Length: 5", "Length: 4", StringComparison.Ordinal);
        Read(Messages.Bytes(text + text)).ShouldBe([text, text]);
    }

    [Theory]
    [InlineData("ACK sip:a SIP/2.0\r\nTo: x\r\n\r\n", "a Content-Length, which a stream needs")]
    [InlineData("ACK sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 1\r\n\r\nx", "Content-Length only once")]
    [InlineData("ACK sip:a SIP/2.0\r\nl: -1\r\n\r\n", "a number of bytes")]
    [InlineData("ACK sip:a SIP/2.0\r\nl: 4294967296\r\n\r\n", "a number of bytes")]
    [InlineData("ACK sip:a SIP/2.0\r\nl: 2147483647\r\n\r\n", "a body within the largest message length")]
    [InlineData("ACK sip:a SIP/2.0\r\nnonsense\r\n\r\n", "a header name and ':'")]
    public void A_stream_that_cannot_be_cut_is_broken_for_good(string text, string expected)
    {
        var framer = new SipStreamFramer();
        framer.Append(Messages.Bytes(text));
        framer.TryRead(out byte[] head).ShouldBe(SipFrame.Broken);
        framer.Fault!.Value.Expected.ShouldBe(expected);
        head.ShouldBe(Messages.Bytes(text[..(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)]));
        framer.Append(Messages.Bytes(Bodyless));
        framer.TryRead(out byte[] nothing).ShouldBe(SipFrame.Broken);
        nothing.ShouldBeEmpty();
        framer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_head_without_end_is_broken_off_at_the_largest_length()
    {
        var framer = new SipStreamFramer(maxMessageLength: 1000);
        SipFrame frame = SipFrame.Incomplete;
        int sent = 0;
        while (frame == SipFrame.Incomplete && sent < 10_000)
        {
            framer.Append(new byte[100]);
            sent += 100;
            frame = framer.TryRead(out _);
        }

        frame.ShouldBe(SipFrame.Broken);
        sent.ShouldBe(1100);
    }

    [Fact]
    public void A_body_that_makes_the_message_too_long_is_refused_before_it_comes()
    {
        var framer = new SipStreamFramer(maxMessageLength: 100);
        framer.Append("ACK sip:a SIP/2.0\r\nl: 80\r\n\r\n"u8);
        framer.TryRead(out _).ShouldBe(SipFrame.Broken);
    }

    [Fact]
    public void A_body_that_comes_byte_by_byte_costs_no_more_than_its_bytes()
    {
        var framer = new SipStreamFramer();
        framer.Append(Messages.Bytes("ACK sip:a SIP/2.0\r\nX: " + new string('x', 30_000) + "\r\nl: 30000\r\n\r\n"));
        framer.TryRead(out _).ShouldBe(SipFrame.Incomplete);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int early = 0;
        for (int i = 0; i < 29_999; i++)
        {
            framer.Append("b"u8);
            early += framer.TryRead(out _) == SipFrame.Incomplete ? 0 : 1;
        }

        // Reading the head once costs twice its length; reading it again for every byte would cost thousands of times that.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        early.ShouldBe(0);
        framer.Append("b"u8);
        framer.TryRead(out byte[] message).ShouldBe(SipFrame.Message);
        message.Length.ShouldBe(30_036 + 30_000);
    }

    [Fact]
    public void Empty_lines_do_not_pile_up()
    {
        var framer = new SipStreamFramer();
        for (int i = 0; i < 10_000; i++)
        {
            framer.Append("\r\n\n\r"u8);
            while (framer.TryRead(out _) == SipFrame.KeepAlive)
            {
                // Read on.
            }

            framer.Buffered.ShouldBeLessThan(5);
        }
    }

    [Fact]
    public void Any_bytes_are_cut_or_refused() =>
        Prop.ForAll<byte[]>(bytes => Fuzz.SipStreamTarget.Fuzz(bytes ?? [])).QuickCheckThrowOnFailure();

    private static List<string> Read(params byte[][] pieces)
    {
        var framer = new SipStreamFramer();
        var frames = new List<string>();
        foreach (byte[] piece in pieces)
        {
            framer.Append(piece);
            SipFrame frame;
            while ((frame = framer.TryRead(out byte[] message)) is SipFrame.Message or SipFrame.KeepAlive)
            {
                frames.Add(frame == SipFrame.KeepAlive ? "ping" : Encoding.Latin1.GetString(message));
            }

            frame.ShouldBe(SipFrame.Incomplete);
        }

        return frames;
    }
}
