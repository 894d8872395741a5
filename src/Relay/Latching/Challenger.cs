using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// Who speaks beside the party and might be it: one at a time, the one with the best claim, so that a flood of others does
/// not make an honest one begin anew.
/// </summary>
/// <remarks>Plain data.</remarks>
internal struct Challenger
{
    public Endpoint Source;

    /// <summary>When it began to go on.</summary>
    public Instant Since;

    public Instant HeardAt;

    public Ssrc Ssrc;

    public SequenceNumber Sequence;

    /// <summary>Its packets since it began.</summary>
    public ushort Count;

    /// <summary>Its packets since the party was heard last.</summary>
    public ushort Row;

    /// <summary>Packets of the party since it began.</summary>
    public ushort Between;

    public Claim Claim;

    public bool IsRtp;

    /// <summary>It goes on, and sends at least half as much as the party that is heard beside it.</summary>
    public readonly bool KeepsUp => Count >= LatchTimes.StrangerPackets && Count * 2 >= Between;

    /// <summary>Takes one of its packets into account. False when somebody else is watched.</summary>
    public bool Hear(in Endpoint source, Claim claim, in PacketEvidence evidence, Instant now)
    {
        bool isStale = now - HeardAt >= LatchTimes.Stale;
        if (source != Source)
        {
            bool isStray = Count < LatchTimes.HostPackets && now - HeardAt >= LatchTimes.Pause;
            if (Source.IsKnown && !isStale && !isStray && claim <= Claim)
            {
                return false;
            }

            Begin(source, evidence, now);
        }
        else if (isStale || evidence.IsRtp != IsRtp || (IsRtp && evidence.Ssrc != Ssrc))
        {
            Begin(source, evidence, now);
        }
        else
        {
            GoOn(evidence, now);
        }

        Claim = claim > Claim ? claim : Claim;
        return true;
    }

    /// <summary>The party itself was heard.</summary>
    public void Interrupt()
    {
        Row = 0;
        Between += (ushort)(Between < ushort.MaxValue ? 1 : 0);
    }

    private void Begin(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        Source = source;
        Claim = Claim.None;
        Since = now;
        Count = 1;
        Row = 1;
        Between = 0;
        HeardAt = now;
        IsRtp = evidence.IsRtp;
        Ssrc = evidence.Ssrc;
        Sequence = evidence.Sequence;
    }

    private void GoOn(in PacketEvidence evidence, Instant now)
    {
        if (IsRtp)
        {
            int ahead = evidence.Sequence.DistanceFrom(Sequence);
            if (ahead is > LatchTimes.MaxSequenceAdvance or < -LatchTimes.MaxSequenceAdvance)
            {
                Begin(Source, evidence, now);
                return;
            }

            if (ahead <= 0)
            {
                return; // late, or the same again: proves nothing
            }

            Sequence = evidence.Sequence;
        }

        HeardAt = now;
        Count += (ushort)(Count < ushort.MaxValue ? 1 : 0);
        Row += (ushort)(Row < ushort.MaxValue ? 1 : 0);
    }
}
