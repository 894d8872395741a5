using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>What RTPproxy's protocol set up is a call for those who command whole calls (docs/ng.md, both protocols on one call).</summary>
public sealed class CallsOfTheOtherProtocol
{
    private const byte Digit = 101;

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public CallsOfTheOtherProtocol() => _call = new WholeCall(_relay);

    [Fact]
    public void It_is_listed_and_told_with_parties_lines_and_figures()
    {
        long createdAt = _relay.WallMicroseconds;
        (int forBob, int forAlice) = SetUp();
        int videoForBob = _relay.Port("U call 192.0.2.10 40002 a;2 b;2");
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _relay.AdvanceSeconds(2);

        _relay.Ask(_relay.Operations.ListCalls(32)).CallIds.ShouldBe(["call"]);
        CallReport report = _call.Query()!;

        report.Facts.CreatedAt.ShouldBe(createdAt);
        report.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "b"]);
        report.Facts.Parties[0].Media.Select(media => media.Type).ShouldBe(["audio", "other"]);
        report.Facts.Parties[0].Media[0].Rtp.ShouldBe(Alice);
        report.Facts.Parties[1].Media.ShouldHaveSingleItem().Rtp.ShouldBe(Bob);
        report.LineOf(1, 0)!.Session.Callee.Port.ShouldBe((ushort)forBob);
        report.LineOf(1, 0)!.Caller.Rtp.Received.ShouldBe(1UL);
        report.LineOf(1, 1)!.Session.Callee.Port.ShouldBe((ushort)videoForBob);
    }

    [Fact]
    public void Asking_changes_nothing()
    {
        SetUp();
        _call.Query().ShouldNotBeNull();
        _relay.Ask(_relay.Operations.ListCalls(32));

        _relay.Ask(_relay.Operations.Statistics()).Calls.ShouldBe(0);
    }

    [Fact]
    public void The_oldest_calls_of_both_are_listed()
    {
        for (int i = 0; i < 6; i++)
        {
            if (i % 2 == 0)
            {
                _relay.Port($"U call{i} 192.0.2.10 40000 a");
            }
            else
            {
                new WholeCall(_relay, $"call{i}").Offer("a", null, Audio(Alice));
            }

            _relay.AdvanceSeconds(1);
        }

        _relay.Ask(_relay.Operations.ListCalls(4)).CallIds.ShouldBe(["call0", "call1", "call2", "call3"]);
        _relay.Ask(_relay.Operations.ListCalls(32)).CallIds.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("b")]
    public void It_is_deleted_whoever_is_named_and_its_figures_are_told(string? tag)
    {
        (_, int forAlice) = SetUp();
        _relay.Port("U call 192.0.2.10 40002 a;2");
        _call.Send(Alice, forAlice, 1);

        CallDeleteOperation delete = _call.Delete(tag);

        delete.Report!.LineOf(1, 0)!.Caller.Rtp.Received.ShouldBe(1UL);
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void Who_is_nobody_deletes_nothing()
    {
        SetUp();

        _call.Delete("x").Refusal.ShouldBe(Refusal.UnknownParty);

        _relay.SessionCount.ShouldBe(1);
        _relay.Command("D call a b").ShouldBe("0");
    }

    [Fact]
    public void Its_media_is_blocked_and_let_go()
    {
        (int forBob, int forAlice) = SetUp();

        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("b")).ShouldBe(Refusal.None);
        _call.Send(Bob, forBob, 1).IsKnown.ShouldBeFalse();
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("x")).ShouldBe(Refusal.UnknownParty);

        _call.Gate(MediaGates.Media, isShut: false, new PartyChoice("b")).ShouldBe(Refusal.None);
        _call.Send(Bob, forBob, 2).ShouldBe(Alice);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("c0,101", false)]
    [InlineData("c0,8", true)]
    public void Its_digits_are_those_of_the_usual_type_unless_it_takes_none(string codecs, bool pass)
    {
        _relay.Port($"U{codecs} call 192.0.2.10 40000 a");
        int forAlice = _relay.Port($"L{codecs} call 198.51.100.20 50000 a b");

        _call.Gate(MediaGates.Digits, isShut: true).ShouldBe(Refusal.None);

        bool passed = _relay.Receive(Alice, forAlice, RtpBytes.Rtp(1, payloadType: Digit)).Count > 0;
        passed.ShouldBe(pass);
        _relay.Receive(Alice, forAlice, RtpBytes.Rtp(2)).Count.ShouldBe(1);
    }

    [Fact]
    public void A_line_that_it_makes_after_the_block_is_blocked_with_the_next_command()
    {
        SetUp();
        _call.Gate(MediaGates.Media, isShut: true).ShouldBe(Refusal.None);
        int forBob = _relay.Port("U call 192.0.2.10 40002 a;2 b;2");
        _relay.Port("L call 198.51.100.20 50002 a;2 b;2");
        _call.Gate(MediaGates.Media, isShut: true).ShouldBe(Refusal.None);

        _call.Send(Bob.WithPort(50_002), forBob, 1).IsKnown.ShouldBeFalse();
        _relay.Command("D call a b").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
        _relay.Ask(_relay.Operations.Statistics()).Calls.ShouldBe(0);
    }

    [Fact]
    public void It_is_recorded_and_hears_prompts_in_a_codec_that_was_told()
    {
        _relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        _relay.Port("Uc8,0 call 192.0.2.10 40000 a;1");
        _relay.Port("L call 198.51.100.20 50000 a;1 b;1");

        _relay.Ask(_relay.Operations.RecordCall("call", isStart: true)).Refusal.ShouldBe(Refusal.None);
        _relay.Ask(_relay.Operations.PlayToCall("call", new PartyChoice("a"), new CallPlayRequest("welcome", 1))).Refusal.ShouldBe(Refusal.None);
        _relay.Ask(_relay.Operations.PlayToCall("call", new PartyChoice("b"), new CallPlayRequest("welcome", 1))).Refusal.ShouldBe(Refusal.NoCodecs);

        CallReport report = _call.Query()!;
        report.LineOf(1, 0)!.Session.Caller.IsRecorded.ShouldBeTrue();
        _relay.AdvanceSeconds(0.1).Select(sent => sent.To).Distinct().ShouldBe([Alice]);
    }

    [Fact]
    public void Who_is_recorded_over_it_alone_shares_the_file_when_an_offer_asks_for_the_call()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = true });
        var call = new WholeCall(relay);
        (int forBob, int forAlice) = call.SetUp();
        relay.Command("Rs call a;1 b;1").ShouldBe("0");

        call.Offer(call.Request("a", "b", Audio(Alice)) with { Records = true }).Recordings.ShouldHaveSingleItem();
        call.Answer("a", "b", Audio(Bob));
        call.Send(Alice, forAlice, 1);
        call.Send(Bob, forBob, 1);

        SessionReport session = call.Query()!.Lines[0].Session;
        session.Caller.IsRecorded.ShouldBeTrue();
        session.Callee.IsRecorded.ShouldBeTrue();
        call.Delete();
        relay.Recordings.Files.Values.ShouldHaveSingleItem().IsClosed.ShouldBeTrue();
    }

    [Fact]
    public void Its_digits_are_told_from_the_first_command_on()
    {
        var relay = new VirtualRelay(new RelayOptions { DigitTargets = [Carol] });
        var call = new WholeCall(relay);
        relay.Port("U call 192.0.2.10 40000 a;1");
        int forAlice = relay.Port("L call 198.51.100.20 50000 a;1 b;1");
        call.Gate(MediaGates.Media, isShut: true, new PartyChoice("b")).ShouldBe(Refusal.None);

        relay.Receive(Alice, forAlice, RtpBytes.Event(1, 1000, 5, 800, isEnd: false, payloadType: Digit));
        relay.Receive(Alice, forAlice, RtpBytes.Event(2, 1000, 5, 800, isEnd: true, payloadType: Digit));

        relay.Events.Lines.ShouldContain(line => line.Contains("pressed '5'", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_the_timers_of_its_parties_one_that_talks_or_a_hold_keeps_it()
    {
        var relay = new VirtualRelay(new RelayOptions { IndependentTimeouts = true });
        var call = new WholeCall(relay);
        relay.Port("U call 192.0.2.10 40000 a;1");
        int forAlice = relay.Port("L call 198.51.100.20 50000 a;1 b;1");
        call.Gate(MediaGates.Digits, isShut: true).ShouldBe(Refusal.None);
        for (int i = 0; i < 4; i++)
        {
            relay.AdvanceSeconds(30);
            call.Send(Alice, forAlice, i);
        }

        relay.SessionCount.ShouldBe(1);
        call.Offer("a", "b", Audio(Alice, LineDirection.SendOnly));
        call.Answer("a", "b", Audio(Bob, LineDirection.ReceiveOnly));
        relay.AdvanceSeconds(600);
        relay.SessionCount.ShouldBe(1);
        relay.AdvanceSeconds(3_100);
        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Others_cannot_subscribe_since_nobody_said_what_its_codecs_are()
    {
        SetUp();

        new ListeningParty(_relay).Ask("a").Refusal.ShouldBe(Refusal.NoCopy);
    }

    [Fact]
    public void A_later_offer_of_either_party_keeps_the_ports_and_counts_when_it_is_answered()
    {
        (int forBob, int forAlice) = SetUp();
        Endpoint moved = Alice.WithPort(44_000);

        _call.Offer("a", "b", Audio(moved)).Port().ShouldBe(forBob);
        _call.Answer("a", "b", Audio(Bob)).Port().ShouldBe(forAlice);
        _call.Send(Bob, forBob, 1).ShouldBe(moved);

        _call.Offer("b", "a", Audio(Carol)).Port().ShouldBe(forAlice);
        _call.Answer("b", "a", Audio(moved)).Port().ShouldBe(forBob);
        _call.Send(moved, forAlice, 1).ShouldBe(Carol);
        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void An_offer_of_one_is_answered_over_the_other()
    {
        int forBob = _relay.Port("U call 192.0.2.10 40000 a;1");

        int forAlice = _call.Answer("a", "b", Audio(Bob)).Port();

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
        _relay.Command("Q call a;1 b;1").ShouldEndWith("1 1 2 0");
    }

    [Fact]
    public void An_offer_of_ng_is_answered_over_RTPproxys_protocol()
    {
        int forBob = _call.Offer("a", null, Audio(Alice)).Port();

        int forAlice = _relay.Port("L call 198.51.100.20 50000 a;1 b;1");

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
        CallReport report = _call.Query().ShouldNotBeNull();
        report.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "b"]);
        report.Facts.Associations.ShouldHaveSingleItem().IsAnswered.ShouldBeTrue();
        _call.Delete("b").Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_later_offer_of_ng_counts_when_it_is_answered_over_RTPproxys_protocol()
    {
        (int forBob, int forAlice) = _call.SetUp();
        Endpoint moved = Alice.WithPort(45_000);
        _call.Offer("a", "b", Audio(moved));
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);

        _relay.Port("L call 198.51.100.20 50000 a;1 b;1").ShouldBe(forAlice);

        _call.Send(Bob, forBob, 2).ShouldBe(moved);
        _call.Query().ShouldNotBeNull().Facts.Associations.ShouldHaveSingleItem().Pending.ShouldBeNull();
    }

    [Fact]
    public void An_offer_that_is_repeated_over_the_other_has_the_same_port()
    {
        int forBob = _relay.Port("U call 192.0.2.10 40000 a;1");

        _call.Offer("a", null, Audio(Alice)).Port().ShouldBe(forBob);
        int forAlice = _call.Answer("a", "b", Audio(Bob)).Port();

        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void What_RTPproxys_protocol_adds_to_a_call_of_ng_ends_with_it()
    {
        _call.SetUp();
        _relay.Port("U call 192.0.2.10 40002 a;2 b;2");
        _relay.Port("U call 198.51.100.30 40004 c");

        _call.Query()!.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "b", "c", null]);
        _call.Delete().Refusal.ShouldBe(Refusal.None);

        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void So_many_that_a_call_has_no_room_for_them_are_sessions_beside_it()
    {
        for (int i = 0; i < 40; i++)
        {
            _relay.Port($"U call 192.0.2.10 {40_000 + (2 * i)} a;{i + 1}");
        }

        _call.Query()!.Lines.Length.ShouldBe(LinePlace.Max);
        _call.Delete().Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(40 - LinePlace.Max);
        _relay.Command("D call a").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
    }

    private (int ForBob, int ForAlice) SetUp() =>
        (_relay.Port("U call 192.0.2.10 40000 a;1"), _relay.Port("L call 198.51.100.20 50000 a;1 b;1"));
}
