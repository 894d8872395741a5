using System.Text;
using RtpProxy.Protocols.Ng.Framing;
using RtpProxy.Protocols.Ng.Tests.Recorded;

namespace RtpProxy.Protocols.Ng.Tests.Framing;

/// <summary>Messages out of a byte stream (ng protocol, 1.5).</summary>
public sealed class NgStreamFramerTests
{
    [Fact]
    public void Messages_follow_each_other_without_anything_between()
    {
        Cut("t2 d7:command4:pinget3 d7:command4:pinge").ShouldBe(["t2 d7:command4:pinge", "t3 d7:command4:pinge"]);
    }

    [Fact]
    public void Line_ends_before_a_cookie_are_skipped() =>
        Cut("\r\nt5 d7:command4:pinge\nt6 d7:command4:pinge\r\n\n").ShouldBe(["t5 d7:command4:pinge", "t6 d7:command4:pinge"]);

    [Theory]
    [InlineData("t7 {\"command\":\"ping\"}")]
    [InlineData("t7 {\"a\":\"}\\\"}\\\\\",\"b\":{\"c\":[{}]}}")]
    public void JSON_ends_with_its_last_brace(string message) => Cut(message + message).ShouldBe([message, message]);

    [Fact]
    public void Nested_bencode_ends_with_its_last_e()
    {
        string message = "c d1:ali-1ed1:eleee1:bde3:eee0:e";
        Cut(message + message).ShouldBe([message, message]);
    }

    [Fact]
    public void Every_way_to_cut_the_stream_gives_the_same_messages()
    {
        byte[] stream = [.. Recording.All.Take(12).SelectMany(bytes => bytes), .. "x {\"sdp\":\"v=0\\r\\n}\"}"u8, .. Recording.All.Last()];
        List<string> expected = Cut(stream, stream.Length);
        expected.Count.ShouldBe(14);
        for (int piece = 1; piece < 50; piece++)
        {
            Cut(stream, piece).ShouldBe(expected);
        }
    }

    [Fact]
    public void What_is_no_dictionary_gets_no_message_and_keeps_the_stream_until_it_is_too_long()
    {
        var framer = new NgStreamFramer();
        framer.Append("t9 hello"u8);
        framer.TryRead(out _).ShouldBe(NgFrame.Incomplete);
        framer.Append(new byte[NgLimits.MaxStreamMessage - 8]);
        framer.TryRead(out _).ShouldBe(NgFrame.Incomplete);
        framer.Append(new byte[1]);
        framer.TryRead(out _).ShouldBe(NgFrame.Broken);
        framer.Append("t1 d7:command4:pinge"u8);
        framer.TryRead(out _).ShouldBe(NgFrame.Broken);
    }

    [Fact]
    public void A_message_of_64_KiB_is_cut_and_a_longer_one_breaks_the_stream()
    {
        string head = "c d1:a65521:";
        string whole = head + new string('x', 65_521) + "e";
        Cut(whole.Replace("65521", "65523").Insert(whole.Length - 1, "xx")).ShouldHaveSingleItem().Length.ShouldBe(65_536);

        var framer = new NgStreamFramer();
        framer.Append(Encoding.Latin1.GetBytes("c d1:a65524:" + new string('x', 65_524) + "e"));
        framer.TryRead(out _).ShouldBe(NgFrame.Broken);
    }

    [Theory]
    [InlineData("ck d7:command5:queryi7ee")]
    [InlineData("ck d1:aix")]
    [InlineData("ck d9999999:")]
    [InlineData("ck dx")]
    public void A_dictionary_that_cannot_be_read_on_is_answered_once_and_breaks_the_stream(string text)
    {
        var framer = new NgStreamFramer();
        framer.Append(Encoding.Latin1.GetBytes(text));
        NgFrame frame = framer.TryRead(out ReadOnlySpan<byte> message);
        if (text.Contains("i7e"))
        {
            // Well delimited, only wrong: the stream goes on.
            frame.ShouldBe(NgFrame.Message);
            Responder.Answer(message).ShouldNotBeNull();
            return;
        }

        frame.ShouldBe(NgFrame.Message);
        Encoding.Latin1.GetString(Responder.Answer(message)!).ShouldContain(NgErrors.BadBencode);
        framer.TryRead(out _).ShouldBe(NgFrame.Broken);
    }

    [Fact]
    public void Thousands_of_levels_are_delimited_without_recursion()
    {
        string deep = "c d1:a" + new string('l', 30_000) + new string('e', 30_001);
        Cut(deep).ShouldHaveSingleItem().ShouldBe(deep);
    }

    private static List<string> Cut(string stream) => Cut(Encoding.Latin1.GetBytes(stream), stream.Length);

    private static List<string> Cut(byte[] stream, int piece)
    {
        var framer = new NgStreamFramer();
        List<string> messages = [];
        foreach (byte[] bytes in stream.Chunk(piece))
        {
            framer.Append(bytes);
            NgFrame frame;
            while ((frame = framer.TryRead(out ReadOnlySpan<byte> message)) == NgFrame.Message)
            {
                messages.Add(Encoding.Latin1.GetString(message));
            }

            frame.ShouldBe(NgFrame.Incomplete);
        }

        framer.Buffered.ShouldBe(0);
        return messages;
    }
}
