using System.Net;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Calls;

/// <summary>What a program does wrong is told where it does it, and in words that help.</summary>
public sealed class WrongUseTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly MediaCall Answered = new("call@h", "ft", "tt");

    [Fact]
    public void A_call_has_a_Call_ID_and_a_From_tag()
    {
        Should.Throw<ArgumentNullException>(() => new MediaCall(null!, "ft")).ParamName.ShouldBe("CallId");
        Should.Throw<ArgumentNullException>(() => new MediaCall("call", null!)).ParamName.ShouldBe("FromTag");
        Should.Throw<ArgumentNullException>(() => Answered with { FromTag = null! }).ParamName.ShouldBe("FromTag");
    }

    [Fact]
    public async Task A_To_tag_that_is_empty_is_none_yet()
    {
        var node = new TestNode();
        MediaCall begun = new("call@h", "ft", "");
        begun.ToTag.ShouldBeNull();
        (Answered with { ToTag = "" }).ShouldBe(begun);
        await Over(node).OfferAsync(begun, TestMessages.Sdp, cancellationToken: Stop);
        node.Commands.ShouldBe(["Uc0,8,101 call@h 10.1.1.1 5004 ft;1"]);
    }

    [Theory]
    [InlineData("", "ft", "the call has no Call-ID")]
    [InlineData("call", "", "the call has no From tag")]
    public async Task What_a_peer_leaves_out_is_refused_before_any_command(string callId, string fromTag, string why)
    {
        var node = new TestNode();
        SdpResult offer = await Over(node).OfferAsync(new MediaCall(callId, fromTag), TestMessages.Sdp, cancellationToken: Stop);
        (offer.Outcome, offer.Reason, offer.Refusal!.Status).ShouldBe((MediaOutcome.Failed, why, 400));
        node.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1000)]
    public void A_packet_duration_that_no_relay_makes_is_no_option(int milliseconds)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SdpOptions { PtimeMilliseconds = milliseconds }).Message.ShouldContain("1 to 999 ms");
        Should.Throw<ArgumentOutOfRangeException>(() => MediaFlags.None with { PtimeMilliseconds = milliseconds });
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.1 ")]
    [InlineData("192.0.2.1\r\na=sendonly")]
    public async Task An_address_for_the_description_is_one_word(string address)
    {
        Should.Throw<ArgumentException>(() => new SdpOptions { Address = address });
        var media = new CallMedia(new TestNodes(new TestNode()));
        await Should.ThrowAsync<ArgumentException>(
            async () => await media.OfferAsync(TestMessages.Request(), TestMessages.Context, address: address, cancellationToken: Stop));
    }

    [Fact]
    public void Texts_that_stand_in_lines_are_no_lines_of_their_own()
    {
        Should.Throw<ArgumentException>(() => new CallMediaOptions { Mark = "a=x:1\r\nm=audio 1 RTP/AVP 0" });
        new CallMediaOptions { Mark = "a=x:1\r\n" }.Mark.ShouldBe("a=x:1");
        Should.Throw<ArgumentException>(() => new CallMediaOptions { TimeoutSocket = "unix:/run/my app.sock" });
    }

    [Fact]
    public async Task Times_are_those_that_a_timer_can_wait_for()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new CallMediaOptions { TotalTimeout = TimeSpan.MaxValue }).Message.ShouldContain("49 days");
        Should.Throw<ArgumentOutOfRangeException>(() => new CallMediaOptions { TotalTimeout = Timeout.InfiniteTimeSpan })
            .Message.ShouldContain("a time above zero");
        Should.Throw<ArgumentOutOfRangeException>(() => new RelayClientOptions { ReplyTimeout = TimeSpan.MaxValue });
        Should.Throw<ArgumentOutOfRangeException>(() => new RelaySetsOptions { DisableTime = TimeSpan.MaxValue });
        Should.Throw<ArgumentOutOfRangeException>(() => new RelaySetsOptions { RestTime = TimeSpan.MaxValue });
        Should.Throw<ArgumentOutOfRangeException>(() => new RelaySetsOptions { DrainTime = TimeSpan.FromSeconds(-1) });
        Should.Throw<ArgumentOutOfRangeException>(() => new RelaySetsOptions { ProbePatience = TimeSpan.FromSeconds(-1) });
        Should.Throw<ArgumentNullException>(() => new RelaySetsOptions { Client = null! });
        new RelaySetsOptions { DisableTime = TimeSpan.FromDays(-365) }.DisableTime.ShouldBe(TimeSpan.FromDays(-365));

        // The longest ones are no empty promise.
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        TimeSpan longest = TimeSpan.FromDays(49);
        var options = new RelaySetsOptions
        {
            Client = new RelayClientOptions { ReplyTimeout = longest },
            DisableTime = longest,
            RestTime = longest,
            DrainTime = longest,
        };
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)], options);
        var controller = new RtpProxyController(sets, new CallMediaOptions { TotalTimeout = longest });
        (await controller.OfferAsync(Answered, TestMessages.Sdp, cancellationToken: Stop)).IsDone.ShouldBeTrue();
        sets.Replace([]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public async Task A_prompt_is_played_once_or_oftener_or_until_stopped(int count)
    {
        var node = new TestNode("0");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            async () => await Over(node).PlayAsync(Answered, MediaParty.From, "welcome", count, Stop));
        (await Over(node).PlayAsync(Answered, MediaParty.From, "welcome", -1, Stop)).IsDone.ShouldBeTrue();
        node.Commands.ShouldBe(["P-1 call@h welcome session ft;1 tt;1"]);
    }

    [Theory]
    [InlineData("::1", 6000)]
    [InlineData("192.0.2.1", 0)]
    [InlineData("192.0.2.1", 65535)]
    public async Task A_copy_goes_where_a_relay_can_send_it(string address, int port)
    {
        var node = new TestNode("0");
        CallResult result = await Over(node).CopyAsync(Answered, MediaParty.From, new IPEndPoint(IPAddress.Parse(address), port), Stop);
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        result.Reason.ShouldContain("expected an IPv4 address and a port from 1 to 65534");
        node.Commands.ShouldBeEmpty();

        var mapped = new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.1"), 6000);
        (await Over(node).CopyAsync(Answered, MediaParty.From, mapped, Stop)).IsDone.ShouldBeTrue();
        node.Commands.ShouldBe(["C call@h udp:192.0.2.1:6000 ft;1 tt;1"]);
    }

    [Theory]
    [InlineData("hello\u0001 world")]
    [InlineData("")]
    [InlineData("35000 127.0.0.1")]
    public async Task A_relay_that_answers_nonsense_has_not_done_it(string reply)
    {
        var node = new TestNode(reply);
        CallResult end = await Over(node).DeleteAsync(Answered, Stop);
        (end.IsDone, end.Relay).ShouldBe((false, "node"));
        end.Reason.ShouldStartWith("the relay replied ");
        (await Over(node).RecordAsync(Answered, MediaParty.From, Stop)).IsDone.ShouldBeFalse();
    }

    [Fact]
    public void A_host_that_cannot_be_looked_up_is_no_relay() =>
        Should.Throw<FormatException>(() => RelayAddress.Parse($"udp:{new string('a', 254)}:22222")).Message.ShouldContain("at most 253");

    private static RtpProxyController Over(TestNode node) => new(new TestNodes(node));
}
