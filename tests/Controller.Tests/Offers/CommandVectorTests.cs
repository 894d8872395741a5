using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Protocols.Rtpp.Writing;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>Messages in, commands out (docs/controller.md, "Commands").</summary>
public sealed class CommandVectorTests
{
    private const RelayCapabilities Full = RelayCapabilities.CodecLists | RelayCapabilities.Repacketization;

    [Theory]
    [InlineData("", "Uc0,8,101 call@h 192.0.2.1 5004 ft;1")]
    [InlineData("r", "Uc0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("a", "UAc0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("w", "USc0,8,101 call@h 192.0.2.1 5004 ft;1")]
    [InlineData("rie", "UIEc0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("rEI", "UEIc0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("rwz20fo", "USZ20c0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("rx", "UIEc0,8,101 call@h 10.1.1.1 5004 ft;1")]
    [InlineData("r1", "Uc0,8,101 call@h;z9hG4bKone 10.1.1.1 5004 ft;1")]
    [InlineData("r2", "Uc0,8,101 call@h;z9hG4bKtwo 10.1.1.1 5004 ft;1")]
    [InlineData("r3", "Uc0,8,101 call@h;z9hG4bKone 10.1.1.1 5004 ft;1")]
    [InlineData("rb", "Uc0,8,101 call@h;extra 10.1.1.1 5004 ft;1")]
    public void Flags_shape_the_command(string flags, string command) =>
        Commands(TestMessages.Request(), MediaAction.Offer, flags).ShouldBe([command]);

    [Theory]
    [InlineData(MediaAction.Offer, false, "", "U ft;1 tt;1")]
    [InlineData(MediaAction.Offer, true, "", "U tt;1 ft;1")]
    [InlineData(MediaAction.Answer, true, "", "L ft;1 tt;1")]
    [InlineData(MediaAction.Answer, false, "", "L tt;1 ft;1")]
    [InlineData(MediaAction.Offer, false, "l", "L tt;1 ft;1")]
    [InlineData(MediaAction.Offer, true, "l", "L ft;1 tt;1")]
    public void The_sender_of_the_description_is_first_in_u_and_second_in_l(
        MediaAction action, bool isReply, string flags, string expected)
    {
        SipMessage message = isReply ? TestMessages.Reply(200)
            : TestMessages.Request(action == MediaAction.Answer ? "ACK" : "INVITE", "tt");
        string[] words = Commands(message, action, flags).Single().Split(' ');
        $"{words[0][0]} {words[4]} {words[5]}".ShouldBe(expected);
    }

    [Fact]
    public void Every_medium_has_its_number_family_and_codecs()
    {
        string sdp = TestMessages.Sdp
            + "m=video 0 rtp/savpf 96 97\r\nc=IN IP6 2001:db8::1\r\n"
            + "m=image 5008 udptl t38\r\n"
            + "m=message 2855 TCP/MSRP *\r\n"
            + "m=audio 5010 UDP/TLS/RTP/SAVPF 111\r\n"
            + "m=audio 5012 RTP/AVP *\r\n"
            + "m=video 5014 RTP/AVP 98\r\nc=IN IP6 2001:db8::1\r\n";
        Commands(TestMessages.Request(sdp: sdp), MediaAction.Offer, "r").ShouldBe(
        [
            "Uc0,8,101 call@h 10.1.1.1 5004 ft;1",
            "U call@h 10.1.1.1 5008 ft;3",
            "Uc111 call@h 10.1.1.1 5010 ft;5",
            "U call@h 10.1.1.1 5012 ft;6",
            "U6c98 call@h 2001:db8::1 5014 ft;7",
        ]);
    }

    [Fact]
    public void A_node_is_only_asked_for_what_it_can_do() =>
        Commands(TestMessages.Request(), MediaAction.Offer, "rz20", RelayCapabilities.None)
            .ShouldBe(["U call@h 10.1.1.1 5004 ft;1"]);

    [Theory]
    [InlineData(null, "Uc0,8,101 call@h 10.1.1.1 5004 ft;1 tcp:127.0.0.1:9000 call%201")]
    [InlineData("tt", "Uc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1 tcp:127.0.0.1:9000 call%201")]
    public void Offers_say_where_a_timeout_is_reported(string? toTag, string command)
    {
        var options = new CallMediaOptions { TimeoutSocket = "tcp:127.0.0.1:9000" };
        MessageContext context = TestMessages.Context with { TimeoutTag = "call 1" };
        Commands(TestMessages.Request(toTag: toTag), MediaAction.Offer, "r", options: options, context: context).ShouldBe([command]);
        Commands(TestMessages.Reply(200), MediaAction.Answer, "r", options: options, context: context)
            .ShouldBe(["Lc0,8,101 call@h 10.1.1.1 5004 ft;1 tt;1"]);
    }

    [Fact]
    public void An_offer_without_timeout_tag_fails_when_timeouts_are_to_be_reported()
    {
        var options = new CallMediaOptions { TimeoutSocket = "tcp:127.0.0.1:9000" };
        ExchangeStart start = Prepare(TestMessages.Request(), MediaAction.Offer, "r", options, TestMessages.Context);
        start.Outcome.ShouldBe(MediaOutcome.Failed);
        start.Reason.ShouldContain("timeout tag");
    }

    [Theory]
    [InlineData("", "D call@h ft tt")]
    [InlineData("t", "D call@h ft")]
    [InlineData("1", "D call@h;z9hG4bKone ft tt")]
    [InlineData("rwz20iexlfco", "D call@h ft tt")]
    public void Destroying_names_all_media_at_once(string flags, string command)
    {
        MediaFlags parsed = MediaFlags.Parse(flags);
        CallIdentity.TryRead(TestMessages.Request("BYE", "tt"), parsed, null, out CallIdentity call, out _).ShouldBeTrue();
        CommandWriter.ToLine(ControlCommands.Delete(call, parsed)).ShouldBe(command);
    }

    [Fact]
    public void Prompts_go_to_the_party_named_first()
    {
        CallIdentity call = new("call@h", "call@h", "ft", "tt");
        CommandWriter.ToLine(ControlCommands.Play(call, MediaParty.From, "/p", -1)!).ShouldBe("P-1 call@h /p session ft;1 tt;1");
        CommandWriter.ToLine(ControlCommands.Play(call, MediaParty.To, "/p", 3)!).ShouldBe("P3 call@h /p session tt;1 ft;1");
        CommandWriter.ToLine(ControlCommands.StopPlaying(call, MediaParty.From)!).ShouldBe("S call@h ft;1 tt;1");
        CallIdentity early = call with { ToTag = null };
        CommandWriter.ToLine(ControlCommands.Play(early, MediaParty.From, "/p", 1)!).ShouldBe("P1 call@h /p session ft;1");
        ControlCommands.Play(early, MediaParty.To, "/p", 1).ShouldBeNull();
        ControlCommands.StopPlaying(early, MediaParty.To).ShouldBeNull();
    }

    private static string[] Commands(
        SipMessage message,
        MediaAction action,
        string flags,
        RelayCapabilities capabilities = Full,
        CallMediaOptions? options = null,
        MessageContext? context = null)
    {
        context = (context ?? TestMessages.Context) with { ExtraId = "extra" };
        ExchangeStart start = Prepare(message, action, flags, options ?? new(), context);
        start.Reason.ShouldBeEmpty();
        return [.. Enumerable.Range(0, start.Exchange!.Count)
            .Select(i => CommandWriter.ToLine(start.Exchange.CommandFor(i, capabilities)))];
    }

    private static ExchangeStart Prepare(
        SipMessage message, MediaAction action, string flags, CallMediaOptions options, MessageContext context) =>
        ExchangeStart.Prepare(message, SdpBodies.Find(message), context, action, MediaFlags.Parse(flags), options, null);
}
