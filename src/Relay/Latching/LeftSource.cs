using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>Where the party was before it was settled elsewhere, and what it takes to believe that it is there again.</summary>
internal struct LeftSource(in Endpoint source, in HeardStream stream, Move why, SequenceNumber successor)
{
    private readonly SequenceNumber _successor = successor; // the first number from the new place, if that carried on
    private Instant _heardAt;
    private ushort _row;
    private ushort _count;

    public Endpoint Source { get; } = source;

    public HeardStream Stream { get; private set; } = stream;

    public Move Why { get; } = why;

    /// <summary>The present source was heard.</summary>
    public void Interrupt() => _row = 0;

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

        bool isStale = now - _heardAt >= LatchTimes.Stale;
        _row = (ushort)(isStale ? 1 : Math.Min(_row + 1, ushort.MaxValue));
        _count = (ushort)(isStale ? 1 : Math.Min(_count + 1, ushort.MaxValue));
        _heardAt = now;
        HeardStream stream = Stream;
        stream.GoOn(evidence, now);
        Stream = stream;
        return packets > 0 && _row >= packets && Why switch
        {
            // A number that both have sent: who was there first is the party. Late packets have earlier ones.
            Move.CarriesOn => evidence.Sequence.DistanceFrom(_successor) >= 0 || _count >= LatchTimes.StrangerPackets,
            Move.GoesOnAnew or Move.GoesOnElsewhere => _count >= LatchTimes.ProofPackets, // as if nobody had come between
            Move.AnotherParty => false,
            _ => true,
        };
    }
}
