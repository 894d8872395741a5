using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>
/// Descriptions in, descriptions out (docs/controller.md, "Rewriting"); flag r and the reply "35000 127.0.0.5" unless
/// noted.
/// </summary>
public sealed class RewritingVectorTests
{
    [Theory]
    [InlineData("everything of a plain description",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0 8 101",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0 8 101")]
    [InlineData("the session's c= and a medium's own",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0|m=video 5006 RTP/AVP 96|c=IN IP4 10.2.2.2",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|m=video 35000 RTP/AVP 96|c=IN IP4 127.0.0.5")]
    [InlineData("no session c= when all media have their own",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.3.3.3|m=audio 5004 RTP/AVP 0|c=IN IP4 10.1.1.1|m=video 5006 RTP/AVP 96|c=IN IP4 10.2.2.2",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 10.3.3.3|m=audio 35000 RTP/AVP 0|c=IN IP4 127.0.0.5|m=video 35000 RTP/AVP 96|c=IN IP4 127.0.0.5")]
    [InlineData("but with flag c",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.3.3.3|m=audio 5004 RTP/AVP 0|c=IN IP4 10.1.1.1|m=video 5006 RTP/AVP 96|c=IN IP4 10.2.2.2",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|c=IN IP4 127.0.0.5|m=video 35000 RTP/AVP 96|c=IN IP4 127.0.0.5",
        "rc")]
    [InlineData("only c= of the medium",
        "o=u 1 1 IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0|c=IN IP4 10.1.1.1",
        "o=u 1 1 IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|c=IN IP4 127.0.0.5")]
    [InlineData("hold by null address (the module also nulls o=)",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 0.0.0.0|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 0.0.0.0|m=audio 35000 RTP/AVP 0")]
    [InlineData("hold, IPv6 relay",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 0.0.0.0|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP6 2001:db8:5::5|c=IN IP6 ::|m=audio 36100 RTP/AVP 0",
        "r", "36100 2001:db8:5::5 6")]
    [InlineData("hold in IPv6",
        "o=u 1 1 IN IP6 2001:db8::1|c=IN IP6 ::|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 0.0.0.0|m=audio 36100 RTP/AVP 0",
        "r", "36100 127.0.0.5")]
    [InlineData("second medium on hold",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0|m=video 5006 RTP/AVP 96|c=IN IP4 0.0.0.0",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|m=video 35000 RTP/AVP 96|c=IN IP4 0.0.0.0")]
    [InlineData("IPv6 to IPv4",
        "o=u 1 1 IN IP6 2001:db8::1|c=IN IP6 2001:db8::1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0")]
    [InlineData("IPv4 to IPv6",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP6 2001:db8:5::5|c=IN IP6 2001:db8:5::5|m=audio 36100 RTP/AVP 0",
        "rx", "36100 2001:db8:5::5 6")]
    [InlineData("IPv6 text that the relay calls IPv4",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 2001:db8:5::5|c=IN IP4 2001:db8:5::5|m=audio 36100 RTP/AVP 0",
        "r", "36100 2001:db8:5::5")]
    [InlineData("no address in the reply",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 127.0.0.4|c=IN IP4 127.0.0.4|m=audio 36100 RTP/AVP 0",
        "r", "36100")]
    [InlineData("no address in the reply, IPv6 description",
        "o=u 1 1 IN IP6 2001:db8::1|c=IN IP6 2001:db8::1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP6 127.0.0.4|c=IN IP6 127.0.0.4|m=audio 36100 RTP/AVP 0",
        "r", "36100")]
    [InlineData("port 0 stays",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 8|m=audio 0 RTP/AVP 8|c=IN IP6 ::1|a=rtcp:7001",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 8|m=audio 0 RTP/AVP 8|c=IN IP6 ::1|a=rtcp:7001")]
    [InlineData("a number of ports is swallowed",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=video 7002/2 RTP/AVP 96",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=video 35000 RTP/AVP 96")]
    [InlineData("a multicast scope is swallowed",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 224.2.1.1/127|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0")]
    [InlineData("rtcp becomes the next port; the last one counts",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0|a=rtcp:5007|a=rtcp:5005 IN IP4 10.1.1.1|a=rtcp-mux",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|a=rtcp:5007|a=rtcp:35001|a=rtcp-mux")]
    [InlineData("an address of the caller's choice",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0",
        "o=u 1 1 IN IP4 9.9.9.9|c=IN IP4 9.9.9.9|m=audio 35000 RTP/AVP 0",
        "r", "35000 127.0.0.5", "9.9.9.9")]
    [InlineData("something that only looks like the mark",
        "o=u 1 1 IN IP4 10.1.1.1|c=IN IP4 10.1.1.1|m=audio 5004 RTP/AVP 0|a=x:a=nortpproxy:yes",
        "o=u 1 1 IN IP4 127.0.0.5|c=IN IP4 127.0.0.5|m=audio 35000 RTP/AVP 0|a=x:a=nortpproxy:yes")]
    public void Changes(
        string what, string before, string after, string flags = "r", string reply = "35000 127.0.0.5", string? address = null)
    {
        SipMessage message = TestMessages.Request(sdp: Lines(before));
        Rewrite(message, flags, reply, address).ShouldBe(Lines(after) + "a=nortpproxy:yes\r\n", what);
    }

    [Fact]
    public void The_mark_is_neither_heeded_nor_doubled_with_flag_f()
    {
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + "a=nortpproxy:yes\r\n");
        Rewrite(message, "rf").ShouldBe(
            TestMessages.Sdp.Replace("10.1.1.1", "127.0.0.5", StringComparison.Ordinal)
                .Replace("5004", "35000", StringComparison.Ordinal) + "a=nortpproxy:yes\r\n");
    }

    [Fact]
    public void The_mark_stops_everything_without_flag_f()
    {
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + "a=nortpproxy:yes\r\n");
        Prepare(message, "r", new CallMediaOptions()).Outcome.ShouldBe(MediaOutcome.AlreadyRelayed);
    }

    [Fact]
    public void Another_mark_can_be_configured_with_or_without_line_end()
    {
        var options = new CallMediaOptions { Mark = "a=sdpmangled:yes\r\n" };
        Rewrite(TestMessages.Request(), "r", options: options).ShouldEndWith("\r\na=sdpmangled:yes\r\n");
        Prepare(TestMessages.Request(sdp: TestMessages.Sdp + "a=sdpmangled:yes\r\n"), "r", options)
            .Outcome.ShouldBe(MediaOutcome.AlreadyRelayed);
    }

    [Fact]
    public void Without_a_mark_none_is_added_or_looked_for()
    {
        var options = new CallMediaOptions { Mark = "" };
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + "a=nortpproxy:yes\r\n");
        Rewrite(message, "r", options: options).ShouldContain("m=audio 35000");
        Rewrite(TestMessages.Request(), "r", options: options).ShouldEndWith("m=audio 35000 RTP/AVP 0 8 101\r\n");
    }

    [Theory]
    [InlineData(IcePriority.High, "2197815295", "2197815294")]
    [InlineData(IcePriority.Low, "16777215", "16777214")]
    public void Relay_candidates_come_before_the_last_candidate(IcePriority priority, string rtp, string rtcp)
    {
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + "a=candidate:1 first\r\na=candidate:1 last\r\na=end\r\n");
        string body = Rewrite(message, "r", context: TestMessages.Context with { IcePriority = priority });
        body.ShouldContain(
            "a=candidate:1 first\r\n"
            + $"a=candidate:127005 2 UDP {rtcp} 127.0.0.5 35001 typ relay\r\n"
            + $"a=candidate:127005 1 UDP {rtp} 127.0.0.5 35000 typ relay\r\n"
            + "a=candidate:1 last\r\na=end\r\n");
    }

    [Theory]
    [InlineData("a=candidate:1 x\r\n", IcePriority.None)]
    [InlineData("a=end\r\n", IcePriority.High)]
    [InlineData("a=candidate:1 x\r\na=remote-candidates:1 h 1\r\n", IcePriority.High)]
    public void No_candidates_where_none_belong(string lines, IcePriority priority)
    {
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + lines);
        Rewrite(message, "r", context: TestMessages.Context with { IcePriority = priority }).ShouldNotContain("typ relay");
    }

    private static ExchangeStart Prepare(
        SipMessage message, string flags, CallMediaOptions? options, string? address = null, MessageContext? context = null) =>
        ExchangeStart.Prepare(
            message,
            SdpBodies.Find(message),
            context ?? TestMessages.Context,
            MediaAction.Offer,
            MediaFlags.Parse(flags),
            options ?? new(),
            address);

    private static string Rewrite(
        SipMessage message,
        string flags,
        string reply = "35000 127.0.0.5",
        string? address = null,
        CallMediaOptions? options = null,
        MessageContext? context = null)
    {
        ExchangeStart start = Prepare(message, flags, options, address, context);
        start.Reason.ShouldBeEmpty();
        MediaReply.TryParse(reply, out MediaReply parsed, out string reason).ShouldBeTrue(reason);
        SpliceList changes = start.Exchange!.Rewrite([.. Enumerable.Repeat(parsed, start.Exchange.Count)]);
        var editor = new SipMessageEditor(message);
        editor.Changes.AddRange(changes.Splices);
        SipMessage.TryParse(editor.ToBytes(), out SipMessage changed, out _).ShouldBeTrue();
        changed.DeclaredLength.ShouldBe(changed.Rest.Length);
        return TestMessages.BodyOf(changed);
    }

    private static string Lines(string lines) =>
        "v=0\r\n" + string.Concat(lines.Split('|').Select(l => l + "\r\n"));
}
