using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Replies;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;

namespace RtpProxy.Protocols.Ng.Tests.Replies;

/// <summary>Short replies (ng protocol, 1.2, 3 and 8.1).</summary>
public sealed class ReplyTests
{
    [Theory]
    [InlineData(NgEncoding.Bencode, "ck d6:result5:error12:error-reason15:Unknown call-ide")]
    [InlineData(NgEncoding.Json, """ck {"result":"error","error-reason":"Unknown call-id"}""")]
    public void An_error_is_its_text(NgEncoding encoding, string expected) =>
        Answers.Text(encoding, reply => reply.WriteError(NgErrors.UnknownCallId)).ShouldBe(expected);

    [Theory]
    [InlineData(NgEncoding.Bencode, "ck d6:result4:ponge")]
    [InlineData(NgEncoding.Json, """ck {"result":"pong"}""")]
    public void A_ping_is_answered(NgEncoding encoding, string expected) =>
        Answers.Text(encoding, reply => reply.WritePong()).ShouldBe(expected);

    [Fact]
    public void A_load_limit_has_its_message() => Answers.Dictionary(reply => reply.WriteLoadLimit(NgErrors.ShuttingDown))
        .ShouldBe(Dictionary(("result", Text("load limit")), ("message", Text("shutting down"))));

    [Fact]
    public void What_an_ok_does_not_carry_is_not_there()
    {
        Answers.Text(NgEncoding.Bencode, reply => reply.WriteOk()).ShouldBe("ck d6:result2:oke");
        Answers.Text(NgEncoding.Bencode, reply => reply.WriteOk(new OkReply())).ShouldBe("ck d6:result2:oke");
    }

    [Fact]
    public void An_ok_carries_what_is_given()
    {
        Answers.Dictionary(reply => reply.WriteOk(new OkReply
        {
            Sdp = "v=0\r\n",
            Warning = NgErrors.NothingDeleted,
            Recordings = ["a.rtp", "b.rtp"],
            Duration = TimeSpan.FromSeconds(2),
            LastFramePosition = 2048,
        })).ShouldBe(Dictionary(
            ("result", Text("ok")), ("sdp", Text("v=0\r\n")), ("warning", Text("Call-ID not found or tags didn't match")),
            ("recordings", List("a.rtp", "b.rtp")), ("duration", new NgValue(2000)), ("last-frame-pos", new NgValue(2048))));
    }

    [Fact]
    public void A_list_holds_as_many_calls_as_fit()
    {
        Answers.Dictionary(reply => reply.WriteCalls([])).ShouldBe(Dictionary(("result", Text("ok")), ("calls", new NgValue([]))));
        string[] many = [.. Enumerable.Range(0, 4_000).Select(number => $"{number:D200}")];
        foreach (NgEncoding encoding in Enum.GetValues<NgEncoding>())
        {
            byte[] reply = Answers.Bytes(encoding, writer => writer.WriteCalls(many));
            reply.Length.ShouldBeInRange(50_000, NgLimits.MaxReplyLength);
            NgMessage.TrySplit(reply, out NgMessage message);
            NgValue[] calls = [.. message.ReadDictionary(out _)!["calls"].Items];
            calls.Select(call => call.Text!).ShouldBe(many.Take(calls.Length));
        }
    }

    [Fact]
    public void A_subscription_says_which_media_is_whose()
    {
        var reply = new SubscriptionReply(
            "v=0\r\n", "T", [new SubscribedParty("A", "caller", [new SubscribedMedia(1, "audio", "1", "sendrecv")])], IsSiprec: true);

        NgDictionary written = Answers.Dictionary(writer => writer.WriteSubscription(reply));

        written["to-tag"].Text.ShouldBe("T");
        written["from-tag"].Text.ShouldBe("A");
        written["from-tags"].ShouldBe(List("A"));
        written["tag-medias"].ShouldBe(List(new NgValue(Dictionary(
            ("tag", Text("A")), ("label", Text("caller")),
            ("medias", List(new NgValue(Dictionary(
                ("index", new NgValue(1)), ("type", Text("audio")), ("label", Text("1")), ("mode", Text("sendrecv"))))))))));
        written["media-labels"].Dictionary!["1"].Dictionary!["tag"].Text.ShouldBe("A");

        written = Answers.Dictionary(writer => writer.WriteSubscription(reply with { Sources = [.. reply.Sources, .. reply.Sources], IsSiprec = false }));
        written["from-tag"].Kind.ShouldBe(NgValueKind.None);
        written["tag-medias"].Kind.ShouldBe(NgValueKind.None);
    }

    [Fact]
    public void A_reply_that_is_no_datagram_is_told()
    {
        NgMessage.TrySplit("c d"u8, out NgMessage request);
        var writer = new NgReplyWriter();
        writer.Begin(request);
        writer.WriteOk(new OkReply { Sdp = new string('x', 65_400) });
        writer.IsOverflowed.ShouldBeFalse();
        writer.Begin(request);
        writer.WriteOk(new OkReply { Sdp = new string('x', 65_600) });
        writer.IsOverflowed.ShouldBeTrue();
    }
}
