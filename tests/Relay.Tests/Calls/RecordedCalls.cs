using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Calls that are recorded whole, and that hear prompts (docs/ng.md, what is played).</summary>
public sealed class RecordedCalls
{
    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public RecordedCalls() => _call = new WholeCall(_relay);

    [Fact]
    public void Both_parties_of_a_call_are_recorded_until_that_is_ended()
    {
        (int _, int forAlice) = _call.SetUp();

        Record(isStart: true).ShouldBe(Refusal.None);
        Record(isStart: true).ShouldBe(Refusal.None, "a second time changes nothing");
        _call.Send(Alice, forAlice, 1);
        IsRecorded.ShouldBeTrue();

        Record(isStart: false).ShouldBe(Refusal.None);
        IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void An_offer_may_ask_for_it()
    {
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { Records = true });
        IsRecorded.ShouldBeTrue();

        _call.Answer(_call.Request("a", "b", Audio(Bob)) with { Records = false });
        IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_offers_or_answers_is_told_the_files_while_there_are_any()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = true });
        var call = new WholeCall(relay);
        call.Offer("a", null, Audio(Alice), Video(Alice.WithPort(41_000))).Recordings.ShouldBeEmpty();
        string[] files = ["/recordings/call=a.pcap", "/recordings/call=a;2.pcap"];

        call.Answer(call.Request("a", "b", Audio(Bob), Video(Bob.WithPort(51_000))) with { Records = true })
            .Recordings.ShouldBe(files, ignoreOrder: true);
        call.Offer("a", "b", Audio(Alice), Video(Alice.WithPort(41_000))).Recordings.ShouldBe(files, ignoreOrder: true);
        call.Answer(call.Request("a", "b", Audio(Bob), Video(Bob.WithPort(51_000))) with { Records = false }).Recordings.ShouldBeEmpty();
    }

    [Fact]
    public void With_the_option_for_all_sessions_it_is_recorded_from_the_start()
    {
        var relay = new VirtualRelay(new RelayOptions { RecordAll = true });
        var call = new WholeCall(relay);
        call.Offer("a", null, Audio(Alice));

        call.Query()!.Lines[0].Session.Caller.IsRecorded.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_directory_nothing_is_recorded()
    {
        _call.SetUp();
        _relay.Recordings.IsConfigured = false;

        Record(isStart: true).ShouldBe(Refusal.NoCopy);
        Record(isStart: true, callId: "other").ShouldBe(Refusal.UnknownCall);
    }

    [Fact]
    public void A_party_hears_a_prompt_until_it_is_ended()
    {
        _relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        _call.SetUp();

        Play("welcome", new PartyChoice("a")).ShouldBe(Refusal.None);
        _relay.AdvanceSeconds(0.1).ShouldNotBeEmpty();
        _relay.AdvanceSeconds(0.1).ShouldAllBe(sent => sent.To == Alice);

        Play(null, new PartyChoice("a")).ShouldBe(Refusal.None);
        _relay.AdvanceSeconds(0.1).ShouldBeEmpty();
    }

    [Fact]
    public void All_parties_hear_it_if_none_is_named()
    {
        _relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        _call.SetUp();

        Play("welcome", new PartyChoice());

        _relay.AdvanceSeconds(0.1).Select(sent => sent.To).Distinct().ShouldBe([Alice, Bob], ignoreOrder: true);
    }

    [Fact]
    public void A_prompt_that_there_is_not_is_refused()
    {
        _call.SetUp();

        Play("nothing", new PartyChoice("a")).ShouldBe(Refusal.NoPrompt);
        Play("nothing", new PartyChoice("x")).ShouldBe(Refusal.UnknownParty);
    }

    [Fact]
    public void What_is_begun_and_ended_is_put_down_for_another_process_with_the_command()
    {
        // This relay looks after every visit of a command whether what has changed is held.
        var relay = new VirtualRelay(new VirtualRelayOptions { RestartsAfterEveryStep = false, KeepsSessions = true });
        relay.Prompts.Files[("welcome", 0)] = new byte[8000];
        new WholeCall(relay).SetUp();

        foreach (bool isStart in (bool[])[true, false])
        {
            relay.Ask(relay.Operations.RecordCall("call", isStart)).Refusal.ShouldBe(Refusal.None);
            relay.Ask(relay.Operations.PlayToCall("call", new PartyChoice("a"), isStart ? new CallPlayRequest("welcome", 1) : null)).Refusal.ShouldBe(Refusal.None);
        }
    }

    private bool IsRecorded => _call.Query()!.Lines.All(line => line.Session.Caller.IsRecorded && line.Session.Callee.IsRecorded);

    private Refusal Record(bool isStart, string callId = "call") =>
        _relay.Ask(_relay.Operations.RecordCall(callId, isStart)).Refusal;

    private Refusal Play(string? prompt, PartyChoice who) =>
        _relay.Ask(_relay.Operations.PlayToCall("call", who, prompt is null ? null : new CallPlayRequest(prompt, 1))).Refusal;
}
