using System.Net;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.ListeningParty;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Somebody hears a call without being a party of it (docs/ng.md, recording servers; RFC 7866).</summary>
public sealed class Subscribers
{
    private const int Ttl = 10;

    private readonly VirtualRelay _relay = new(new RelayOptions { TtlSeconds = Ttl });
    private readonly WholeCall _call;
    private readonly ListeningParty _recorder;
    private readonly int _forBob;
    private readonly int _forAlice;

    public Subscribers()
    {
        _call = new WholeCall(_relay);
        _recorder = new ListeningParty(_relay);
        _forBob = _call.Offer("a", null, Told(Audio(Alice))).Port();
        _forAlice = _call.Answer("a", "b", Told(Audio(Bob))).Port();
    }

    [Fact]
    public void It_hears_both_parties_from_ports_of_its_own_once_it_has_answered()
    {
        CallSubscribeOperation asked = _recorder.Ask();

        asked.Refusal.ShouldBe(Refusal.None);
        asked.Lines.Select(line => line.Party!.Tag).ShouldBe(["a", "b"]);
        Hear(Alice, _forAlice, 1).ShouldBe([Bob]);

        _recorder.Answer(At(42_000), At(42_002)).ShouldBe(Refusal.None);
        IReadOnlyList<SentDatagram> sent = _relay.Receive(Alice, _forAlice, RtpBytes.Rtp(2, ssrc: Alice.Port));
        sent.Select(datagram => datagram.To).ShouldBe([Recorder, Bob], ignoreOrder: true);
        sent[0].Bytes.ShouldBe(sent[1].Bytes);
        sent.Single(datagram => datagram.To == Recorder).From.Port.ShouldBe((ushort)PortsOf(asked)[0]);
        Hear(Bob, _forBob, 1).ShouldBe([Recorder.WithPort(42_002), Alice], ignoreOrder: true);
    }

    [Fact]
    public void It_gets_reports_too_on_the_next_port_or_on_the_same()
    {
        _recorder.HearBoth();
        byte[] report = RtpBytes.ReceiverReport();
        _relay.Receive(Alice.WithPort(40_001), _forAlice + 1, report).Select(datagram => (int)datagram.To.Port)
            .ShouldBe([42_001, 50_001], ignoreOrder: true);

        var muxed = new ListeningParty(_relay, "muxed");
        muxed.Ask(muxed.Request("a") with { OffersMux = true }).Refusal.ShouldBe(Refusal.None);
        muxed.Answer(At(43_000) with { RtcpMux = RtcpMuxFacts.IsSaid });
        _relay.Receive(Alice.WithPort(40_001), _forAlice + 1, report).Select(datagram => (int)datagram.To.Port)
            .ShouldBe([42_001, 43_000, 50_001], ignoreOrder: true);
    }

    [Fact]
    public void A_delete_from_it_to_somebody_unknown_ends_nothing()
    {
        _recorder.HearBoth();

        _call.Delete("rec", "x").Refusal.ShouldBe(Refusal.UnknownParty);

        Hear(Alice, _forAlice, 1).ShouldBe([Recorder, Bob], ignoreOrder: true);
    }

    [Fact]
    public void It_hears_those_that_it_asked_for()
    {
        _recorder.Ask("b").Lines.ShouldHaveSingleItem().Party!.Tag.ShouldBe("b");
        _recorder.Answer(At(42_000));

        Hear(Alice, _forAlice, 1).ShouldBe([Bob]);
        Hear(Bob, _forBob, 1).ShouldBe([Recorder, Alice], ignoreOrder: true);
    }

    [Fact]
    public void It_asks_again_for_others_and_what_it_had_keeps_its_place()
    {
        CallSubscribeOperation first = _recorder.Ask("b");
        _recorder.Answer(At(42_000));

        CallSubscribeOperation second = _recorder.Ask("a", "b");
        second.Offers.ShouldBe(2);
        second.Lines.Select(line => line.Party!.Tag).ShouldBe(["b", "a"]);
        PortsOf(second)[0].ShouldBe(PortsOf(first)[0]);
        Hear(Bob, _forBob, 1).ShouldContain(Recorder);

        _recorder.Answer(At(42_000), At(42_002));
        Hear(Alice, _forAlice, 1).ShouldContain(Recorder.WithPort(42_002));

        PortsOf(_recorder.Ask("a"))[0].ShouldBe(0, "offered no more");
        Hear(Bob, _forBob, 2).ShouldBe([Alice]);
        Hear(Alice, _forAlice, 2).ShouldContain(Recorder.WithPort(42_002));
    }

    [Fact]
    public void A_line_that_the_call_adds_is_heard_when_it_asks_again()
    {
        _recorder.HearBoth();
        MediaDescription alices = Told(Video(Alice.WithPort(41_000)));
        _call.Offer("a", "b", Told(Audio(Alice)), alices);
        int forVideo = _call.Answer("a", "b", Told(Audio(Bob)), Told(Video(Bob.WithPort(51_000)))).Port(1);

        _recorder.Ask().Lines.Select(line => (line.Party!.Tag, line.Index))
            .ShouldBe([("a", 0), ("b", 0), ("a", 1), ("b", 1)]);
        _recorder.Answer(At(42_000), At(42_002), At(42_004), At(42_006));
        Hear(Alice.WithPort(41_000), forVideo, 1).ShouldContain(Recorder.WithPort(42_004));
        Hear(Alice, _forAlice, 1).ShouldContain(Recorder);
    }

    [Fact]
    public void Nothing_that_comes_from_it_or_in_its_name_is_taken()
    {
        CallSubscribeOperation asked = _recorder.HearBoth();

        _relay.Receive(Recorder, PortsOf(asked)[0], RtpBytes.Rtp(1)).ShouldBeEmpty();
        _relay.Receive(Call.Mallory, PortsOf(asked)[0], RtpBytes.Rtp(1)).ShouldBeEmpty();
        _relay.Receive(Call.Mallory, PortsOf(asked)[0] + 1, RtpBytes.ReceiverReport()).ShouldBeEmpty();

        Hear(Alice, _forAlice, 1).ShouldContain(Recorder);
    }

    [Fact]
    public void It_is_sent_what_the_other_party_is_sent()
    {
        _recorder.HearBoth();

        _call.Gate(MediaGates.Media, isShut: true, new PartyChoice("a"));
        Hear(Alice, _forAlice, 1).ShouldBeEmpty("blocked");
        _call.Gate(MediaGates.Media, isShut: false, new PartyChoice("a"));
        Hear(Alice, _forAlice, 2).ShouldBe([Recorder, Bob], ignoreOrder: true);

        _call.Gate(MediaGates.Silence, isShut: true, new PartyChoice("a"));
        _relay.Receive(Alice, _forAlice, RtpBytes.Rtp(3)).Select(sent => sent.Bytes[12]).ShouldBe([(byte)0xff, (byte)0xff], "silenced");
    }

    [Fact]
    public void It_may_say_that_it_wants_nothing_for_a_while()
    {
        _recorder.HearBoth();

        _recorder.Ask();
        _recorder.Answer(At(42_000) with { Direction = LineDirection.Inactive }, At(0));
        Hear(Alice, _forAlice, 1).ShouldBe([Bob]);
        Hear(Bob, _forBob, 1).ShouldBe([Alice]);

        _recorder.Ask();
        _recorder.Answer(At(42_000));
        Hear(Alice, _forAlice, 2).ShouldContain(Recorder);
        Hear(Bob, _forBob, 2).ShouldBe([Alice], "of this line the answer said nothing");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_leaves_and_the_call_goes_on(bool isDeleted)
    {
        int open = _relay.Ports.OpenPairs;
        _recorder.HearBoth();

        Refusal refusal = isDeleted ? _call.Delete("rec").Refusal : _recorder.Leave();

        refusal.ShouldBe(Refusal.None);
        _relay.Ports.OpenPairs.ShouldBe(open);
        Hear(Alice, _forAlice, 1).ShouldBe([Bob]);
        _call.Query()!.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "b"]);
        _recorder.Leave().ShouldBe(Refusal.UnknownParty);
        _recorder.Answer(At(42_000)).ShouldBe(Refusal.UnknownParty);
    }

    [Theory]
    [InlineData("D call a b")]
    [InlineData("X")]
    [InlineData(null)]
    public void It_ends_with_the_call(string? command)
    {
        _recorder.HearBoth();

        if (command is null)
        {
            _call.Delete("b").Refusal.ShouldBe(Refusal.None);
        }
        else
        {
            _relay.Command(command).ShouldBe("0");
        }

        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
        _call.Query()?.Facts.Subscriptions.ShouldNotBeEmpty("of what is remembered");
    }

    [Fact]
    public void Each_line_ends_once_where_a_command_means_those_of_the_call_and_its()
    {
        var other = new WholeCall(_relay, "other");
        other.SetUp();
        new ListeningParty(_relay, "a;9").Ask().Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(4);

        _relay.Command("D call a").ShouldBe("0");

        _relay.SessionCount.ShouldBe(1);
        other.Delete();
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void Who_speaks_over_RTPproxys_protocol_with_its_tag_is_somebody_else()
    {
        var listener = new ListeningParty(_relay);
        listener.HearBoth();
        _relay.Command("D call rec").ShouldBe("0");
        _relay.Port("U call 192.0.2.10 40002 rec;1");
        _relay.Port("L call 198.51.100.20 50002 rec;1 x;1");
        _call.Gate(MediaGates.Digits, isShut: true).ShouldBe(Refusal.None);

        listener.Leave().ShouldBe(Refusal.None);

        _call.Query()!.Facts.Parties.Select(party => party.Tag).ShouldBe(["a", "b", null, "x"]);
        _call.Gate(MediaGates.Digits, isShut: false).ShouldBe(Refusal.None);
        _call.Delete().Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Its_silence_ends_nothing_and_it_keeps_nothing()
    {
        _recorder.HearBoth();
        for (int second = 0; second < 3 * Ttl; second++)
        {
            _relay.AdvanceSeconds(1);
            Hear(Alice, _forAlice, second).ShouldContain(Recorder);
        }

        _relay.AdvanceSeconds(Ttl + 2);
        _relay.SessionCount.ShouldBe(0, "the call was silent");
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_end_with_their_calls_wherever_they_are_among_the_others(bool isCommanded)
    {
        WholeCall[] calls = [_call, .. Enumerable.Range(1, 8).Select(number => new WholeCall(_relay, $"call{number}"))];
        for (int i = 1; i < calls.Length; i++)
        {
            calls[i].Offer("a", null, Told(Audio(Alice)));
            calls[i].Answer("a", "b", Told(Audio(Bob)));
            new ListeningParty(_relay, "rec", $"call{i}").HearBoth();
        }

        calls[1].Delete("a");
        calls[3].Delete("a"); // the last ones take their places
        if (isCommanded)
        {
            _relay.Command("X").ShouldBe("0");
        }
        else
        {
            _relay.AdvanceSeconds(Ttl + 2);
        }

        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void It_ends_where_a_process_lost_those_whom_it_heard()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { RestartsAfterEveryStep = false }); // which ports nobody takes is no matter here
        var call = new WholeCall(relay);
        call.Offer("a", null, Told(Audio(Alice)));
        call.Answer("a", "b", Told(Audio(Bob)));
        new ListeningParty(relay).HearBoth();
        (byte[][] workers, byte[][] sessions) = relay.TakeSnapshots();
        byte[][] subscribed = Array.FindAll(sessions, bytes => bytes.AsSpan().IndexOf("rec;"u8) >= 0);
        subscribed.Length.ShouldBe(2);

        relay.Restart(workers, subscribed).ShouldBe(0);
        relay.AdvanceSeconds(2);

        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void It_follows_a_caller_to_the_branch_that_answered_last()
    {
        var call = new WholeCall(_relay, "forked");
        var recorder = new ListeningParty(_relay, "rec", "forked");
        call.Offer(call.Request("a", null, Told(Audio(Alice))) with { ViaBranch = "one" });
        call.Offer(call.Request("a", null, Told(Audio(Alice))) with { ViaBranch = "two" });
        int forAlice = call.Answer(call.Request("a", "b", Told(Audio(Bob))) with { ViaBranch = "one" }).Port();
        recorder.Ask("a").Refusal.ShouldBe(Refusal.None);
        recorder.Answer(At(42_000));
        Hear(Alice, forAlice, 1).ShouldBe([Recorder, Bob], ignoreOrder: true);

        call.Answer(call.Request("a", "c", Told(Audio(Carol))) with { ViaBranch = "two" });
        Hear(Alice, forAlice, 2).ShouldBe([Recorder, Carol], ignoreOrder: true);

        call.Delete("a", branch: "two");
        call.Answer(call.Request("a", "b", Told(Audio(Bob))) with { ViaBranch = "one" });
        Hear(Alice, forAlice, 3).ShouldBe([Recorder, Bob], ignoreOrder: true);
    }

    [Fact]
    public void All_its_ports_are_opened_or_none()
    {
        int open = _relay.Ports.OpenPairs;
        _relay.Ports.PairLimit = open + 1;

        _recorder.Ask().Refusal.ShouldBe(Refusal.NoLegPorts);

        _relay.Ports.OpenPairs.ShouldBe(open);
        _call.Query()!.Facts.Subscriptions.ShouldBeEmpty();
        _call.Query()!.Facts.Parties.Length.ShouldBe(2);
    }

    [Fact]
    public void A_call_has_so_many_and_no_more()
    {
        for (int i = 0; i < Subscription.Max; i++)
        {
            new ListeningParty(_relay, $"rec{i}").Ask("a").Refusal.ShouldBe(Refusal.None);
        }

        _recorder.Ask("a").Refusal.ShouldBe(Refusal.CallIsFull);
        new ListeningParty(_relay, "rec0").Ask("a").Refusal.ShouldBe(Refusal.None, "it is there already");
    }

    [Fact]
    public void Nobody_hears_an_unknown_call_or_party_or_is_both()
    {
        new ListeningParty(_relay, "rec", "other").Ask().Refusal.ShouldBe(Refusal.UnknownCall);
        new ListeningParty(_relay, "rec", "other").Leave().ShouldBe(Refusal.UnknownCall);
        new ListeningParty(_relay, "rec", "other").Answer(At(1)).ShouldBe(Refusal.UnknownCall);
        _recorder.Ask("x").Refusal.ShouldBe(Refusal.UnknownParty);
        new ListeningParty(_relay, "a").Ask().Refusal.ShouldBe(Refusal.OwnAnswer);
        var silent = new WholeCall(_relay, "silent");
        silent.Offer("a", null, Audio(Alice));
        new ListeningParty(_relay, "rec", "silent").Ask("a").Refusal.ShouldBe(Refusal.NoCopy, "nobody else can hear that");
        _recorder.HearBoth();
        _recorder.Ask("rec").Refusal.ShouldBe(Refusal.UnknownParty, "it sends nothing");

        RefusalOf(_relay.Operations.OfferCall(_call.Request("rec", null, Audio(Recorder)))).ShouldBe(Refusal.OwnAnswer);
        RefusalOf(_relay.Operations.OfferCall(_call.Request("a", "rec", Audio(Alice)))).ShouldBe(Refusal.OwnAnswer);
        RefusalOf(_relay.Operations.AnswerCall(_call.Request("a", "rec", Audio(Alice)))).ShouldBe(Refusal.OwnAnswer);
        Hear(Alice, _forAlice, 1).ShouldBe([Recorder, Bob], ignoreOrder: true);
    }

    [Fact]
    public void It_is_no_call_in_trouble()
    {
        _recorder.Ask();
        _relay.AdvanceSeconds(2);
        VerdictsOfRecorder().ShouldAllBe(code => code == VerdictCode.Waiting);
        VerdictSentences.Of(_call.Query()!.Lines[1].Session)
            .ShouldBe("The answer of a subscriber, who is to hear a party of the call, is waited for; it was asked 2.0 s ago.");

        _recorder.Answer(At(42_000), At(0));
        for (int second = 0; second < Ttl - 2; second++)
        {
            _relay.AdvanceSeconds(1);
            Hear(Alice, _forAlice, second);
            Hear(Bob, _forBob, second);
        }

        VerdictsOfRecorder().ShouldBe([VerdictCode.Ok, VerdictCode.Held]);
        LineReport[] lines = [.. _call.Query()!.Lines.Where(line => line.Session.IsSubscribed)];
        lines[0].Session.IsComplete.ShouldBeTrue();
        lines[0].Session.RemainingSeconds.ShouldBe(Ttl, "as the call that it hears");
        VerdictSentences.Of(lines[0].Session).ShouldStartWith("It carries what a party of the call says to a subscriber at 203.0.113.50:42000,");
        VerdictSentences.Of(lines[0].Session, Side.Callee).ShouldStartWith("The subscriber was signalled at 203.0.113.50:42000 ");
        VerdictSentences.Of(lines[1].Session).ShouldBe("The subscriber wants nothing of this media line now: no fault.");
        lines[0].Callee.Rtp.Sent.ShouldBe((ulong)Ttl - 2);
        lines[0].Session.Callee.Sent.ShouldBe((ulong)Ttl - 2);
    }

    [Fact]
    public void It_is_not_recorded_into_files_once_more()
    {
        _recorder.HearBoth();

        _relay.Ask(_relay.Operations.RecordCall("call", isStart: true)).Refusal.ShouldBe(Refusal.None);

        _call.Query()!.Lines.Count(line => line.Session.Caller.IsRecorded).ShouldBe(1);
    }

    [Fact]
    public void A_recorder_beside_us_hears_too_but_nobody_is_sent_what_would_come_back()
    {
        Endpoint local = Call.At("127.0.0.1", 42_000);
        _recorder.Ask("a");
        _recorder.Answer(Audio(local));
        Hear(Alice, _forAlice, 1).ShouldContain(local);

        var circle = new ListeningParty(_relay, "circle");
        circle.Ask("a");
        IPAddress ours = _call.Query()!.Lines[0].Session.Caller.Local.Address;
        circle.Answer(Audio(Endpoint.From(ours, (ushort)_forAlice)));
        Hear(Alice, _forAlice, 2).ShouldBe([local, Bob], ignoreOrder: true);
    }

    [Fact]
    public void It_moves_to_another_address_of_ours()
    {
        CallSubscribeOperation first = _recorder.HearBoth();
        var other = new LocalAddress(IPAddress.Parse("192.0.2.2"));

        CallSubscribeOperation second = _recorder.Ask(_recorder.Request() with { Toward = other });

        PortsOf(second).ShouldAllBe(port => !PortsOf(first).Contains(port));
        second.Lines.ShouldAllBe(line => line.Port!.Value.Address.Address.Equals(other.Address));
        Hear(Alice, _forAlice, 1).ShouldContain(Recorder);
    }

    private VerdictCode[] VerdictsOfRecorder() =>
        [.. _call.Query()!.Lines.Where(line => line.Session.IsSubscribed).Select(line => line.Session.Verdict.Code)];

    private Refusal RefusalOf<T>(T operation)
        where T : Operation => _relay.Ask(operation).Refusal;

    /// <summary>Where a packet of a party goes.</summary>
    private Endpoint[] Hear(in Endpoint from, int port, int sequence) =>
        [.. _relay.Receive(from, port, RtpBytes.Rtp(sequence, ssrc: from.Port, payloadType: 0)).Select(datagram => datagram.To)];
}
