using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// Who speaks beside the party and might be it: one at a time, the one with the best claim, so that a flood of others does
/// not make an honest one begin anew.
/// </summary>
internal struct Challenger
{
    private Ssrc _ssrc;
    private SequenceNumber _sequence;
    private Instant _heardAt;
    private bool _isRtp;
    private ushort _between; // packets of the party since it began

    public Endpoint Source { get; private set; }

    public Claim Claim { get; private set; }

    /// <summary>When it began to go on.</summary>
    public Instant Since { get; private set; }

    /// <summary>Its packets since then.</summary>
    public ushort Count { get; private set; }

    /// <summary>Its packets since the party was heard last.</summary>
    public ushort Row { get; private set; }

    /// <summary>It goes on, and sends at least half as much as the party that is heard beside it.</summary>
    public readonly bool KeepsUp => Count >= LatchTimes.StrangerPackets && Count * 2 >= _between;

    /// <summary>Takes one of its packets into account. False when somebody else is watched.</summary>
    public bool Hear(in Endpoint source, Claim claim, in PacketEvidence evidence, Instant now)
    {
        bool isStale = now - _heardAt >= LatchTimes.Stale;
        if (source != Source)
        {
            bool isStray = Count < LatchTimes.HostPackets && now - _heardAt >= LatchTimes.Pause;
            if (Source.IsKnown && !isStale && !isStray && claim <= Claim)
            {
                return false;
            }

            Begin(source, evidence, now);
        }
        else if (isStale || evidence.IsRtp != _isRtp || (_isRtp && evidence.Ssrc != _ssrc))
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
        _between += (ushort)(_between < ushort.MaxValue ? 1 : 0);
    }

    private void Begin(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        Source = source;
        Claim = Claim.None;
        Since = now;
        Count = 1;
        Row = 1;
        _between = 0;
        _heardAt = now;
        _isRtp = evidence.IsRtp;
        _ssrc = evidence.Ssrc;
        _sequence = evidence.Sequence;
    }

    private void GoOn(in PacketEvidence evidence, Instant now)
    {
        if (_isRtp)
        {
            int ahead = evidence.Sequence.DistanceFrom(_sequence);
            if (ahead is > LatchTimes.MaxSequenceAdvance or < -LatchTimes.MaxSequenceAdvance)
            {
                Begin(Source, evidence, now);
                return;
            }

            if (ahead <= 0)
            {
                return; // late, or the same again: proves nothing
            }

            _sequence = evidence.Sequence;
        }

        _heardAt = now;
        Count += (ushort)(Count < ushort.MaxValue ? 1 : 0);
        Row += (ushort)(Row < ushort.MaxValue ? 1 : 0);
    }
}
