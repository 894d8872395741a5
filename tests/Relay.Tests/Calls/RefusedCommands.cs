using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.ListeningParty;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>A command on whole calls that is refused makes no call of what RTPproxy's protocol set up (docs/ng.md, both protocols on one call).</summary>
public sealed class RefusedCommands
{
    private static readonly PartyChoice Nobody = new("x");

    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public RefusedCommands() => _call = new WholeCall(_relay);

    public static readonly TheoryData<string, Refusal> All = new()
    {
        { "delete for nobody", Refusal.UnknownParty },
        { "answer to nobody", Refusal.UnknownParty },
        { "answer to oneself", Refusal.OwnAnswer },
        { "answer that does not fit", Refusal.NotWanted },
        { "offer without room", Refusal.NoLegPorts },
        { "publish into the call", Refusal.OwnAnswer },
        { "block nobody", Refusal.UnknownParty },
        { "dial for nobody", Refusal.UnknownParty },
        { "dial for who was not heard", Refusal.NotHeard },
        { "subscribe to nobody", Refusal.UnknownParty },
        { "subscribe to who told no codecs", Refusal.NoCopy },
        { "play to nobody", Refusal.UnknownParty },
        { "play to who told no codecs", Refusal.NoCodecs },
        { "play what is not there", Refusal.NoPrompt },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void Sessions_stay_sessions(string command, Refusal refusal)
    {
        SetUp("a", "b");

        Do(command).ShouldBe(refusal);

        _relay.Ask(_relay.Operations.Statistics()).Calls.ShouldBe(0);
        _relay.Command("D call a b").ShouldBe("0");
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_call_beside_them_does_not_take_them_in(string command, Refusal refusal)
    {
        _call.Offer("c", null, Audio(Carol));
        _call.Answer("c", "d", Audio(Carol.WithPort(30_002)));
        SetUp("a", "b");

        Do(command).ShouldBe(refusal);

        _relay.Command("D call a b").ShouldBe("0");
        CallReport report = _call.Query()!;
        report.Facts.Parties.Select(party => party.Tag).ShouldBe(["c", "d"]);
        report.Lines.Length.ShouldBe(1);
    }

    /// <summary>Alice tells her codecs, Bob does not.</summary>
    private void SetUp(string caller, string callee)
    {
        _relay.Port($"Uc0,101 call 192.0.2.10 40000 {caller}");
        _relay.Port($"L call 198.51.100.20 50000 {caller} {callee}");
    }

    private Refusal Do(string command)
    {
        RelayOperations operations = _relay.Operations;
        CallRequest offer = _call.Request("a", "b", Audio(Alice), Video(Alice.WithPort(41_000)));
        switch (command)
        {
            case "delete for nobody":
                return _call.Delete("x").Refusal;
            case "answer to nobody":
                return Ask(operations.AnswerCall(_call.Request("x", "b", Audio(Bob))));
            case "answer to oneself":
                return Ask(operations.AnswerCall(_call.Request("a", "a", Audio(Bob))));
            case "answer that does not fit":
                return Ask(operations.AnswerCall(_call.Request("a", "b", Audio(Bob)) with { Fits = _ => false }));
            case "offer without room":
                _relay.Ports.PairLimit = _relay.Ports.OpenPairs;
                return Ask(operations.OfferCall(offer));
            case "publish into the call":
                return Ask(operations.OfferCall(_call.Request("a", null, Told(Audio(Alice))) with { IsPublished = true }));
            case "block nobody":
                return _call.Gate(MediaGates.Media, isShut: true, Nobody);
            case "dial for nobody":
                return Ask(operations.Dial("call", Nobody, default));
            case "dial for who was not heard":
                return Ask(operations.Dial("call", new PartyChoice("b"), new DialledDigit()));
            case "subscribe to nobody":
                return new ListeningParty(_relay).Ask("x").Refusal;
            case "subscribe to who told no codecs":
                return new ListeningParty(_relay).Ask("a").Refusal;
            case "play to nobody":
                return Play(Nobody);
            case "play to who told no codecs":
                return Play(new PartyChoice("b"));
            case "play what is not there":
                return Play(new PartyChoice("a"));
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command, "is none of these");
        }
    }

    private Refusal Play(PartyChoice who) => Ask(_relay.Operations.PlayToCall("call", who, new CallPlayRequest("nothing", 1)));

    private Refusal Ask(Operation operation) => _relay.Ask(operation).Refusal;
}
