using System.Text;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Tests.Recorded;

namespace RtpProxy.Protocols.Ng.Tests;

/// <summary>Datagrams, from the first byte to the reply (ng protocol, 1.2).</summary>
public sealed class NgMessageTests
{
    [Theory]
    [InlineData("001")]
    [InlineData("002")]
    public void Recorded_datagrams_are_answered_byte_for_byte(string conversation)
    {
        NgTalkStep[] steps = [.. NgTalk.Read(conversation).Where(step => step.Raw is not null)];
        steps.Length.ShouldBeGreaterThan(3);
        foreach (NgTalkStep step in steps)
        {
            string datagram = Encoding.Latin1.GetString(step.Raw!);
            Text(Responder.Answer(step.Raw)).ShouldBe(Text(step.RawReply), datagram);
        }
    }

    [Theory]
    [InlineData("ck d7:command5:queryi7ee", NgErrors.BadBencode)]
    [InlineData("ck {\"command\":", NgErrors.BadJson)]
    [InlineData("ck \n", NgErrors.UnknownFormat)]
    [InlineData("ck ", NgErrors.NoPayload)]
    public void A_datagram_that_cannot_be_read_gets_its_error(string datagram, string error)
    {
        string reply = Text(Responder.Answer(Encoding.Latin1.GetBytes(datagram)))!;

        reply.ShouldStartWith(datagram.Contains('{') ? "ck {" : "ck d");
        reply.ShouldContain(error);
    }

    [Fact]
    public void A_cookie_of_a_thousand_bytes_is_answered_and_a_longer_one_not()
    {
        Responder.Answer([.. Enumerable.Repeat((byte)'x', 1_000), .. " d7:command4:pinge"u8])!.Length.ShouldBe(1_017);
        Responder.Answer([.. Enumerable.Repeat((byte)'x', 1_001), .. " d7:command4:pinge"u8]).ShouldBeNull();
    }

    [Fact]
    public void A_message_without_cookie_is_answered_without()
    {
        NgMessage message = NgMessage.WithoutCookie("{\"command\":\"ping\"}"u8);
        var reply = new Ng.Replies.NgReplyWriter();
        reply.Begin(message);
        reply.WritePong();

        message.ReadDictionary(out _).ShouldNotBeNull()["command"].ShouldBe(new NgValue("ping"));
        Text(reply.Written.ToArray()).ShouldBe("{\"result\":\"pong\"}");
    }

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.Latin1.GetString(bytes);
}
