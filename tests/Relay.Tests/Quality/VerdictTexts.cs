using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>What people read of a call: addresses as they were told, counts, times, and what to check.</summary>
public sealed class VerdictTexts
{
    private readonly VirtualRelay _relay = new(new VirtualRelayOptions
    {
        Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Parse("10.1.1.1"), "203.0.113.1")),
    });

    [Fact]
    public void A_silent_call_names_the_addresses_that_the_parties_were_told()
    {
        var talk = new Talk(_relay);

        Sentence(talk.Silence(7)).ShouldBe(
            $"No packet came to 203.0.113.1:{talk.Call.PortForAlice}, which the caller was given, nor to 203.0.113.1:{talk.Call.PortForBob}, "
            + "which the callee was given, since the call was set up 7.0 s ago; check that these addresses reach this host, and that no firewall is between.");
        Sentence(talk, Side.Caller).ShouldBe("The caller was never heard; it was signalled at 192.0.2.10:40000 by the offer (U) 7.0 s ago.");
    }

    [Fact]
    public void A_one_way_call_says_who_is_missing_where_and_since_when()
    {
        var talk = new Talk(_relay);

        Sentence(talk.OnlyAlice(20)).ShouldBe(
            "The caller is heard, the callee never was: the callee was signalled at 198.51.100.20:50000 by the answer (L) 20 s ago, and nothing "
            + $"came from there to 203.0.113.1:{talk.Call.PortForBob}; packets of the caller are being sent to 198.51.100.20:50000; check that the "
            + $"callee was given 203.0.113.1:{talk.Call.PortForBob}, and that firewalls and NATs let it through.");
        Sentence(talk, Side.Caller).ShouldBe("The caller is heard from 192.0.2.10:40000.");
    }

    [Fact]
    public void A_one_way_call_whose_speaker_stopped_as_well_does_not_say_that_it_goes_on()
    {
        var talk = new Talk(_relay);
        talk.OnlyAlice(7).Silence(12);

        talk.Words.ShouldBe("one-way Callee");
        Sentence(talk).ShouldBe(
            "The caller was heard until 12 s ago, the callee never was: the callee was signalled at 198.51.100.20:50000 by the answer (L) 19 s ago, and "
            + $"nothing came from there to 203.0.113.1:{talk.Call.PortForBob}; packets of the caller were sent to 198.51.100.20:50000; check that the "
            + $"callee was given 203.0.113.1:{talk.Call.PortForBob}, and that firewalls and NATs let it through.");
    }

    [Fact]
    public void A_party_that_sends_a_fax_from_the_beginning_is_not_said_to_be_never_heard()
    {
        var talk = new Talk(_relay);
        byte[] fax = [0, 1, 1, 0, 0, 0];
        talk.For(7, alice: false, bob: false, () =>
        {
            talk.Call.FromAlice(Alice, fax);
            talk.Call.FromBob(Bob, fax);
        });

        Sentence(talk).ShouldBe("Both parties send a fax (T.38), which is relayed as it is: no fault.");
        Sentence(talk, Side.Callee).ShouldBe(
            "The callee has sent no RTP so far; it was signalled at 198.51.100.20:50000 by the answer (L) 7.0 s ago; what it sends now looks like a fax (T.38, UDPTL).");
    }

    [Fact]
    public void A_party_that_sends_no_media_is_not_said_to_send_nothing()
    {
        var talk = new Talk(_relay);
        talk.OnlyAlice(10, () => talk.Call.FromBob(Bob, new byte[4]));

        Sentence(talk).ShouldBe(
            "The caller is heard, the callee never was: the callee was signalled at 198.51.100.20:50000 by the answer (L) 10 s ago, and nothing "
            + $"came from there to 203.0.113.1:{talk.Call.PortForBob} but 100 datagrams that are no RTP: keepalives, or what nobody knows; packets "
            + "of the caller are being sent to 198.51.100.20:50000; the way from the callee to us is open: look at why it sends no RTP.");
    }

    [Fact]
    public void A_silent_call_with_keepalives_says_that_the_way_is_open()
    {
        var talk = new Talk(_relay);
        talk.For(7, alice: false, bob: false, () => talk.Call.FromBob(Bob, new byte[4]));

        Sentence(talk).ShouldBe(
            $"No packet of RTP came to 203.0.113.1:{talk.Call.PortForAlice}, which the caller was given, nor to 203.0.113.1:{talk.Call.PortForBob}, "
            + "which the callee was given, since the call was set up 7.0 s ago; the callee sent 70 datagrams that are no RTP: keepalives, or what nobody knows, "
            + "so that the way from it is open; check that these addresses reach this host, and that no firewall is between.");
    }

    [Fact]
    public void A_call_that_has_ended_is_told_as_it_was()
    {
        new Talk(_relay).OnlyAlice(20);
        _relay.Command("D call alice bob").ShouldBe("0");

        SessionReport report = _relay.Events.Ended.ShouldHaveSingleItem();
        report.Verdict.ShouldBe(new Verdict(VerdictCode.OneWay, Side.Callee));
        VerdictSentences.Of(report).ShouldContain("packets of the caller are being sent to 198.51.100.20:50000");
    }

    [Fact]
    public void Lines_that_end_together_are_told_as_they_were()
    {
        int portForBob = _relay.Port($"U call {Text(Alice)} alice;1");
        int portForAlice = _relay.Port("L call 198.51.100.20 50000 alice;1 bob;1");
        _relay.Port($"U call {Text(Alice)} alice;2");
        _relay.Port("L call 198.51.100.20 50002 alice;2 bob;2");
        for (int i = 0; i < 100; i++)
        {
            _relay.Receive(Alice, portForAlice, RtpBytes.Rtp(i, timestamp: (uint)(i * 800)));
            _relay.Receive(Bob, portForBob, RtpBytes.Rtp(i, timestamp: (uint)(i * 800)));
            _relay.Advance(TimeSpan.FromMilliseconds(100));
        }

        _relay.Command("D call alice bob").ShouldBe("0");

        _relay.Events.Ended.Select(report => report.Verdict.Code).ShouldBe([VerdictCode.Ok, VerdictCode.Waiting]);
    }

    [Fact]
    public void A_party_that_stopped_is_told_with_the_command_that_came_with_it()
    {
        var talk = new Talk(_relay).For(20);
        _relay.Port($"U call {Text(Alice)} alice bob");

        Sentence(talk.For(2).OnlyAlice(10)).ShouldBe(
            "The callee was heard and stopped 10 s ago after 220 packets, last from 198.51.100.20:50000, while the caller goes on; "
            + "the offer (U) of the caller came 1.9 s before: a hold or a transfer, or what it told the parties is wrong.");
    }

    [Fact]
    public void A_party_that_stopped_by_itself_is_told_so()
    {
        Sentence(new Talk(_relay).For(20).OnlyBob(10)).ShouldBe(
            "The caller was heard and stopped 10 s ago after 200 packets, last from 192.0.2.10:40000, while the callee goes on; "
            + "no command came with it: look at its network, its NAT, or the phone itself.");
    }

    [Fact]
    public void A_refused_source_is_told_with_what_was_expected()
    {
        var talk = new Talk(_relay) { BobIs = Mallory };

        Sentence(talk.For(7)).ShouldBe(
            $"203.0.113.1:{talk.Call.PortForBob} receives packets from 203.0.113.66:6666 that are refused (UnknownSource: that is not where the callee "
            + "was said to be or was heard), 70 so far; the callee was signalled at 198.51.100.20:50000 by the answer (L) 7.0 s ago; if this is the "
            + "callee, its description should show where it sends from.");
    }

    [Fact]
    public void A_private_address_is_told_with_what_the_party_must_do()
    {
        var talk = new Talk(_relay, new Call(_relay, bob: At("192.168.1.20", 50_000)));

        Sentence(talk.OnlyAlice(7)).ShouldBe(
            "The callee was signalled at 192.168.1.20:50000 by the answer (L) 7.0 s ago, a private address that nobody can reach from here, and "
            + $"it was not heard; behind a NAT the party must speak first: check that its packets reach 203.0.113.1:{talk.Call.PortForBob}.");
    }

    [Fact]
    public void Packets_that_do_not_get_there_are_told_with_the_reason()
    {
        var talk = new Talk(_relay);
        _relay.Refusals[Bob] = SendOutcome.Unreachable;

        Sentence(talk.OnlyAlice(6)).ShouldBe(
            "Packets for the callee do not get to 198.51.100.20:50000: there is no way to it, or the host is away, 60 packets in a row for 6.0 s; "
            + "the callee itself was never heard.");
    }

    [Fact]
    public void A_hold_is_no_fault()
    {
        var talk = new Talk(_relay).For(2);
        _relay.Port("U call 0.0.0.0 40000 alice bob");

        Sentence(talk.Silence(10)).ShouldBe("The caller is on hold (0.0.0.0): no fault.");
        Sentence(talk, Side.Caller).ShouldBe("The caller has said nothing for 10 s; it was heard from 192.0.2.10:40000 before; it is on hold.");
    }

    [Fact]
    public void A_text_that_is_no_host_is_not_shown_for_an_address()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Parse("192.0.2.2"), "<script>")),
        });
        var talk = new Talk(relay, new Call(relay, "<b>call</b>"));

        Sentence(talk.Silence(7)).ShouldContain($"192.0.2.2:{talk.Call.PortForAlice}");
        Sentence(talk).ShouldNotContain("<");
    }

    [Theory]
    [InlineData(VerdictCode.Waiting)]
    [InlineData(VerdictCode.Ok)]
    [InlineData(VerdictCode.Silent)]
    [InlineData(VerdictCode.OneWay)]
    [InlineData(VerdictCode.OneWayStopped)]
    [InlineData(VerdictCode.Refused)]
    [InlineData(VerdictCode.PrivateAddress)]
    [InlineData(VerdictCode.Unreachable)]
    [InlineData(VerdictCode.Held)]
    [InlineData(VerdictCode.WrongFamily)]
    [InlineData(VerdictCode.NotRtp)]
    [InlineData(VerdictCode.BadQuality)]
    public void Whatever_a_report_has_there_is_a_sentence(VerdictCode code)
    {
        SessionReport report = new Talk(_relay).Silence(1).Report;

        foreach (Side? party in (Side?[])[null, Side.Caller, Side.Callee])
        {
            VerdictSentences.Of(report with { Verdict = new Verdict(code, party) }).Length.ShouldBeGreaterThan(8);
        }
    }

    private static string Sentence(Talk talk) => VerdictSentences.Of(talk.Report);

    private static string Sentence(Talk talk, Side side) => VerdictSentences.Of(talk.Report, side);
}
