using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>Where the party was before it was settled elsewhere, and what it takes to believe that it is there again.</summary>
/// <remarks>Plain data.</remarks>
internal struct LeftSource(in Endpoint source, in HeardStream stream, Move why, SequenceNumber successor)
{
    public Endpoint Source = source;

    public HeardStream Stream = stream;

    public Instant HeardAt;

    /// <summary>The first number from the new place, if that carried on.</summary>
    public SequenceNumber Successor = successor;

    /// <summary>Packets from there since the present source was heard.</summary>
    public ushort Row;

    /// <summary>Packets from there.</summary>
    public ushort Count;

    public Move Why = why;

    /// <summary>The present source was heard.</summary>
    public void Interrupt() => Row = 0;

    /// <summary>A packet of the stream that was heard there, whether or not it follows on.</summary>
    public readonly bool IsItsStream(in PacketEvidence evidence) =>
        Stream.IsKnown && evidence.IsRtp && evidence.Ssrc == Stream.Ssrc;

    /// <summary>
    /// A packet from there. True if it shows that the party never left, for which it must go on for
    /// <paramref name="packets"/> in a row, if that is more than what led away demands; 0 if nothing can show it.
    /// </summary>
    public bool Returns(in PacketEvidence evidence, int packets, Instant now)
    {
        if (Why == Move.AfterSilence)
        {
            return true;
        }

        if (!Stream.IsCarriedOnBy(evidence, now))
        {
            return false;
        }

        bool isStale = now - HeardAt >= LatchTimes.Stale;
        Row = (ushort)(isStale ? 1 : Math.Min(Row + 1, ushort.MaxValue));
        Count = (ushort)(isStale ? 1 : Math.Min(Count + 1, ushort.MaxValue));
        HeardAt = now;
        Stream.GoOn(evidence, now);
        return packets > 0 && Row >= packets && Why switch
        {
            // A number that both have sent: who was there first is the party. Late packets have earlier ones.
            Move.CarriesOn => evidence.Sequence.DistanceFrom(Successor) >= 0 || Count >= LatchTimes.StrangerPackets,
            Move.GoesOnAnew or Move.GoesOnElsewhere => Count >= LatchTimes.ProofPackets, // as if nobody had come between
            Move.AnotherParty => false,
            _ => true,
        };
    }
}
