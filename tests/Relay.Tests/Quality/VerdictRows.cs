using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>Each row of docs/verdicts.md, at its simplest, for either party.</summary>
public sealed class VerdictRows
{
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Any), new LocalAddress(IPAddress.IPv6Any)),
    });

    [Fact]
    public void A_call_in_which_both_are_heard_is_well_at_once()
    {
        new Talk(_relay).For(2).Words.ShouldBe("ok");
    }

    [Fact]
    public void An_offer_waits_for_its_answer_however_long_that_takes()
    {
        _relay.Port($"U call {Text(Alice)} alice");
        _relay.AdvanceSeconds(50);

        _relay.Workers[0].AllSessions[0].Verdict.Code.ShouldBe(VerdictCode.Waiting);
    }

    [Fact]
    public void A_call_has_five_seconds_to_be_heard()
    {
        var talk = new Talk(_relay);

        talk.Silence(4.5).Words.ShouldBe("waiting");
        talk.Silence(1.5).Words.ShouldBe("silent");
    }

    [Fact]
    public void The_seconds_count_from_the_answer()
    {
        _relay.Port($"U call {Text(Alice)} alice");
        _relay.AdvanceSeconds(30);

        new Talk(_relay).Silence(4.5).Words.ShouldBe("waiting");
    }

    [Fact]
    public void A_party_that_is_never_heard_makes_the_call_one_way()
    {
        new Talk(_relay).OnlyAlice(4).Words.ShouldBe("waiting");
        new Talk(_relay, new Call(_relay, "other")).OnlyAlice(6).Words.ShouldBe("one-way Callee");
        new Talk(_relay, new Call(_relay, "third")).OnlyBob(6).Words.ShouldBe("one-way Caller");
    }

    [Fact]
    public void A_party_that_stops_while_the_other_goes_on_has_stopped()
    {
        var talk = new Talk(_relay).For(7).OnlyAlice(4.5);
        talk.Words.ShouldBe("ok");

        talk.OnlyAlice(2).Words.ShouldBe("one-way-stopped Callee");
        talk.For(2).Words.ShouldBe("ok");
        talk.OnlyBob(7).Words.ShouldBe("one-way-stopped Caller");
    }

    [Fact]
    public void Packets_that_come_from_elsewhere_and_are_refused_say_why_a_party_is_not_heard()
    {
        var talk = new Talk(_relay) { BobIs = Mallory };

        talk.For(6).Words.ShouldBe("refused Callee");

        talk.Report.Callee.Refused.ShouldNotBeNull().Source.ShouldBe(Mallory);
        talk.Report.Callee.Refused!.Count.ShouldBe(60UL);
        talk.Report.Callee.Signalled.ShouldBe(Bob);
    }

    [Theory]
    [InlineData("10.0.0.20")]
    [InlineData("192.168.1.20")]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.1.1")]
    [InlineData("0.1.2.3")]
    [InlineData("255.255.255.255")]
    public void A_party_at_an_address_that_cannot_be_reached_from_here_has_to_speak_first(string host)
    {
        new Talk(_relay, new Call(_relay, bob: At(host, 50_000))).OnlyAlice(6).Words.ShouldBe("private-address Callee");
        new Talk(_relay, new Call(_relay, "other", alice: At(host, 50_000))).OnlyBob(6).Words.ShouldBe("private-address Caller");
    }

    [Fact]
    public void A_party_at_a_port_of_the_session_itself_is_nowhere()
    {
        int port = _relay.Port($"U call {Text(Alice)} alice");
        var talk = new Talk(_relay, new Call(_relay, bob: At("127.0.0.1", port)));

        talk.OnlyAlice(6).Words.ShouldBe("private-address Callee");
    }

    [Theory]
    [InlineData(SendOutcome.Unreachable)]
    [InlineData(SendOutcome.NotPermitted)]
    [InlineData(SendOutcome.NotPossible)]
    public void A_party_that_packets_cannot_be_sent_to_is_unreachable_heard_or_not(SendOutcome outcome)
    {
        var talk = new Talk(_relay);
        _relay.Refusals[Bob] = outcome;

        talk.OnlyAlice(6).Words.ShouldBe("unreachable Callee");
        talk.For(2).Words.ShouldBe("unreachable Callee");
        talk.Report.Callee.SendFault.ShouldNotBeNull().Outcome.ShouldBe(outcome);

        _relay.Refusals.Clear();
        talk.For(1).Words.ShouldBe("ok");
        talk.Report.Callee.SendFault.ShouldBeNull();
    }

    [Fact]
    public void A_party_on_hold_or_with_a_prompt_has_no_fault()
    {
        var talk = new Talk(_relay).For(6);
        _relay.Port("U call 0.0.0.0 40000 alice bob");

        talk.OnlyAlice(10).Words.ShouldBe("held Caller");
        talk.Silence(10).Words.ShouldBe("held Caller");

        _relay.Port($"U call {Text(Alice)} alice bob");
        talk.Silence(1).Words.ShouldBe("waiting");
        talk.For(1).Words.ShouldBe("ok");

        _relay.Prompts.Files[("music", 0)] = new byte[8000];
        _relay.Command("P-1 call music 0 bob alice").ShouldBe("0");
        talk.Silence(10).Words.ShouldBe("held Callee");
    }

    [Fact]
    public void Nobody_speaks_to_a_party_that_was_never_said_to_be_anywhere()
    {
        var talk = new Talk(_relay, new Call(_relay, bob: At("0.0.0.0", 50_000)));

        talk.Silence(6).Words.ShouldBe("held Callee");
        talk.OnlyAlice(2).Words.ShouldBe("private-address Callee");
    }

    [Fact]
    public void A_caller_of_another_family_than_our_port_cannot_be_sent_to()
    {
        var call = new Call(_relay);
        _relay.Port("U6 call 2001:db8::10 40000 alice");

        new Talk(_relay, call).OnlyBob(6).Words.ShouldBe("wrong-family Caller");
    }

    [Fact]
    public void Nor_can_such_a_callee()
    {
        var call = new Call(_relay);
        _relay.Port("L6 call 2001:db8::20 50000 alice bob");

        new Talk(_relay, call).OnlyAlice(6).Words.ShouldBe("wrong-family Callee");
    }

    [Fact]
    public void What_is_not_RTP_is_said_to_be_what_it_looks_like()
    {
        var talk = new Talk(_relay);
        byte[] stun = new byte[20];
        stun[1] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(stun.AsSpan(4), 0x2112_A442);

        talk.OnlyAlice(6, () => talk.Call.FromBob(Bob, Varied(stun))).Words.ShouldBe("not-rtp Callee");
        talk.Report.Callee.Look.ShouldBe(MediaLook.Stun);
    }

    [Fact]
    public void A_party_whose_packets_are_lost_before_us_is_heard_badly()
    {
        var talk = new Talk(_relay) { BobLosesOneIn = 8 };

        talk.For(13).Words.ShouldBe("bad-quality Callee");
        VerdictSentences.Of(talk.Report).ShouldMatch(
            "^What the callee says comes badly: in the last 5.0 s 1[0-9.]+ % lost, 0 % late, MOS [0-9.]+, jitter [0-9.]+ ms; "
            + "that is before us, on the way from 198.51.100.20:50000 to port [0-9]+.$");

        talk.BobLosesOneIn = int.MaxValue;
        talk.For(11).Words.ShouldBe("ok");
    }

    [Fact]
    public void A_party_that_reports_more_loss_than_came_to_us_is_reached_badly()
    {
        var talk = new Talk(_relay);
        talk.For(11);

        ReportLoss(talk, percent: 20);
        talk.For(2).Words.ShouldBe("bad-quality Caller");
        VerdictSentences.Of(talk.Report).ShouldMatch(
            "^What is sent to the caller arrives badly: by its own report 2.[0-9] s ago 19.9 % lost; that is behind us, on the way from port "
            + "[0-9]+ to 192.0.2.10:40000.$");

        ReportLoss(talk, percent: 1);
        talk.For(2).Words.ShouldBe("ok");
    }

    [Fact]
    public void Loss_before_us_that_the_other_reports_too_is_not_behind_us()
    {
        var talk = new Talk(_relay) { BobLosesOneIn = 8 };
        talk.For(13);

        ReportLoss(talk, percent: 13);
        talk.For(2).Words.ShouldBe("bad-quality Callee");
    }

    /// <summary>Alice tells how what Bob says arrives.</summary>
    private void ReportLoss(Talk talk, int percent) => _relay.Receive(
        Alice.WithPort(40_001), talk.Call.PortForAlice + 1, RtcpBytes.ReceiverReport(7, RtcpBytes.Block(8, (byte)(percent * 256 / 100))));

    private static byte[] Varied(byte[] datagram)
    {
        RtpBytes.Vary(datagram);
        return datagram;
    }
}
