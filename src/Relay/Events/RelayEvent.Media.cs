using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Events;

/// <content>What a party sends, and what is done with it.</content>
public abstract partial record RelayEvent
{
    /// <summary>A party's description asks for no media from now on, or for media again.</summary>
    public sealed record HoldChanged(RelayStream Stream, bool IsOnHold) : OfStream(Stream);

    /// <summary>Another source speaks in the party's stream; ten times for a party.</summary>
    public sealed record SsrcChanged(Leg Leg, Ssrc From, SequenceNumber LastSequence, Ssrc To, SequenceNumber Sequence) : OfLeg(Leg);

    /// <summary>A party pressed a key; so fast and so often as keys can be pressed.</summary>
    public sealed record DigitHeard(Leg Leg, HeardDigit Digit) : OfLeg(Leg);

    /// <summary>Digits of the party come faster than keys can be pressed: what is too much is not told. Once for a party.</summary>
    public sealed record DigitsTooFast(Leg Leg) : OfLeg(Leg);

    /// <param name="Milliseconds">Null when what the party sends is relayed as it comes again.</param>
    public sealed record ResizingChanged(Leg Leg, int? Milliseconds) : OfLeg(Leg);

    /// <param name="Leg">The listener.</param>
    public sealed record PlayerStarted(
        Leg Leg, int Count, string Prompt, PayloadType PayloadType, Ssrc Ssrc, SequenceNumber Sequence) : OfLeg(Leg);

    /// <param name="Leg">The listener.</param>
    /// <param name="IsFinished">Nobody stopped it.</param>
    public sealed record PlayerEnded(Leg Leg, bool IsFinished) : OfLeg(Leg);

    /// <summary>No player could be made.</summary>
    /// <param name="Reason">One plain sentence.</param>
    public sealed record PlayerFailed(string CallId, string Reason) : RelayEvent(CallId);

    /// <summary>To a file, or as a copy to another host.</summary>
    public sealed record RecordingStarted(RelayStream Stream) : OfStream(Stream);

    public sealed record RecordingStopped(RelayStream Stream) : OfStream(Stream);

    /// <summary>A recording or copy was refused.</summary>
    /// <param name="Reason">One plain sentence.</param>
    public sealed record RecordingFailed(string CallId, string Reason) : RelayEvent(CallId);
}
