using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>A call that is offered and answered whole, as a test tells it.</summary>
internal sealed class WholeCall(VirtualRelay relay, string callId = "call")
{
    public static readonly Endpoint Alice = Call.Alice;
    public static readonly Endpoint Bob = Call.Bob;
    public static readonly Endpoint Carol = Call.At("203.0.113.30", 30_000);

    /// <summary>Audio at an address.</summary>
    public static MediaDescription Audio(in Endpoint at, LineDirection direction = LineDirection.SendReceive) =>
        new("audio", "RTP/AVP", MediaKind.Rtp, at, default, direction, "0,101", 101);

    public static MediaDescription Video(in Endpoint at) =>
        new("video", "RTP/AVP", MediaKind.Rtp, at, default, LineDirection.SendReceive, "96", -1);

    public static MediaDescription Fax(in Endpoint at) =>
        new("image", "udptl", MediaKind.Opaque, at, default, LineDirection.SendReceive, "t38", -1);

    public CallRequest Request(string from, string? to, params MediaDescription[] media) =>
        new(callId, from, to, [.. media], relay.WallMicroseconds);

    public CallOfferOperation Offer(string from, string? to, params MediaDescription[] media) =>
        Offer(Request(from, to, media));

    public CallOfferOperation Offer(CallRequest request)
    {
        CallOfferOperation offer = relay.Ask(relay.Operations.OfferCall(request));
        offer.Refusal.ShouldBe(Refusal.None);
        return offer;
    }

    public CallAnswerOperation Answer(string from, string to, params MediaDescription[] media) =>
        Answer(Request(from, to, media));

    public CallAnswerOperation Answer(CallRequest request)
    {
        CallAnswerOperation answer = relay.Ask(relay.Operations.AnswerCall(request));
        answer.Refusal.ShouldBe(Refusal.None);
        return answer;
    }

    public CallDeleteOperation Delete(string? from = null, string? to = null, string? branch = null, double delaySeconds = 0) =>
        relay.Ask(relay.Operations.DeleteCall(new CallDeleteRequest(callId, from, to, branch, TimeSpan.FromSeconds(delaySeconds))));

    public CallReport? Query() => relay.Ask(relay.Operations.QueryCall(callId)).Report;

    public Refusal Gate(MediaGates gate, bool isShut, PartyChoice? who = null) =>
        relay.Ask(relay.Operations.SetGate(callId, who ?? new PartyChoice(), gate, isShut)).Refusal;

    /// <summary>The call as most tests begin: Alice and Bob, one line of audio.</summary>
    /// <returns>The port that Bob sends to, and that of Alice.</returns>
    public (int ForBob, int ForAlice) SetUp()
    {
        int forBob = Offer("a", null, Audio(Alice)).Port();
        int forAlice = Answer("a", "b", Audio(Bob)).Port();
        return (forBob, forAlice);
    }

    /// <summary>Where a packet goes; unknown if nowhere.</summary>
    public Endpoint Send(in Endpoint from, int port, int sequence, byte payloadType = 0)
    {
        IReadOnlyList<SentDatagram> sent = relay.Receive(from, port, RtpBytes.Rtp(sequence, ssrc: from.Port, payloadType: payloadType));
        return sent.Count == 0 ? default : sent.ShouldHaveSingleItem().To;
    }
}
