using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>Who only hears a call, as a test tells it: a recording server.</summary>
internal sealed class ListeningParty(VirtualRelay relay, string tag = "rec", string callId = "call")
{
    public static readonly Endpoint Recorder = Call.At("203.0.113.50", 42_000);

    /// <summary>Media of a party of which others can be told.</summary>
    public static MediaDescription Told(MediaDescription media) => media with { Memo = [1, 2] };

    /// <summary>Where the recorder wants one line.</summary>
    public static MediaDescription At(int port) =>
        WholeCall.Audio(Recorder.WithPort((ushort)port), LineDirection.ReceiveOnly);

    /// <param name="sources">Tags; everybody if there are none.</param>
    public CallSubscribeOperation Ask(params string[] sources) => Ask(Request(sources));

    public CallSubscribeOperation Ask(CallSubscribeRequest request) => relay.Ask(relay.Operations.SubscribeToCall(request));

    public CallSubscribeRequest Request(params string[] sources) =>
        new(callId, tag, [.. sources.Select(source => new PartyChoice(source))], relay.WallMicroseconds);

    public Refusal Answer(params MediaDescription[] media) =>
        relay.Ask(relay.Operations.AnswerSubscription(callId, tag, [.. media])).Refusal;

    public Refusal Leave() => relay.Ask(relay.Operations.EndSubscription(callId, tag)).Refusal;

    /// <summary>Hears both parties of a call from now on, at 42,000 and 42,002.</summary>
    public CallSubscribeOperation HearBoth()
    {
        CallSubscribeOperation asked = Ask();
        asked.Refusal.ShouldBe(Refusal.None);
        Answer(At(42_000), At(42_002)).ShouldBe(Refusal.None);
        return asked;
    }

    /// <summary>Our ports toward the recorder, by line; 0 where none is offered.</summary>
    public static ImmutableArray<int> PortsOf(CallSubscribeOperation asked) => [.. asked.Lines.Select(line => (int?)line.Port?.Number ?? 0)];
}
