using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>One RTP stream of the party, as far as its continuation must be known: only who hears it can carry it on.</summary>
/// <remarks>Plain data.</remarks>
internal struct HeardStream
{
    private const long FastestClockHz = 90_000; // video; the fastest clock in common use (RFC 3551)
    private const long ClockSlackSeconds = 10; // packets lost, or queued in a network that was away
    private const int BehindLimit = 5; // in a row: the highest number was not the party's

    /// <summary>When it began, or was last heard beside another.</summary>
    public Instant Since;

    public Instant HeardAt;

    public Ssrc Ssrc;

    /// <summary>Of the packet with the highest sequence number.</summary>
    public RtpTimestamp Timestamp;

    /// <summary>The highest sequence number heard.</summary>
    public SequenceNumber Sequence;

    /// <summary>The sequence number heard last.</summary>
    public SequenceNumber Newest;

    /// <summary>Packets in a row whose numbers rose below the highest.</summary>
    public byte Behind;

    public bool IsKnown;

    /// <summary>How long it has been going on.</summary>
    public readonly TimeSpan Age => HeardAt - Since;

    public static HeardStream Begin(in PacketEvidence evidence, Instant now) => new()
    {
        IsKnown = true,
        Ssrc = evidence.Ssrc,
        Sequence = evidence.Sequence,
        HeardAt = now,
        Timestamp = evidence.Timestamp,
        Newest = evidence.Sequence,
        Since = now,
    };

    /// <summary>Begins to count its age anew: it was not alone.</summary>
    public void BeginAgeAnew(Instant now) => Since = now;

    /// <summary>A packet of it came from where the party is.</summary>
    public void GoOn(in PacketEvidence evidence, Instant now)
    {
        HeardAt = now;
        int step = evidence.Sequence.DistanceFrom(Newest);
        Newest = evidence.Sequence;
        int ahead = evidence.Sequence.DistanceFrom(Sequence);
        if (ahead is <= 0 and >= -LatchTimes.MaxSequenceAdvance)
        {
            // Late packets do not come in order; who forged a high number does not stop the party for ten seconds.
            Behind = (byte)(ahead < 0 && step > 0 ? Behind + 1 : 0);
            if (Behind < BehindLimit)
            {
                return;
            }
        }

        Behind = 0;
        Sequence = evidence.Sequence;
        Timestamp = evidence.Timestamp;
    }

    /// <summary>Whether a number is not far ahead of the highest.</summary>
    public readonly bool IsFollowedBy(SequenceNumber sequence) =>
        IsKnown && sequence.DistanceFrom(Sequence) is >= 1 and <= LatchTimes.MaxSequenceAdvance;

    /// <summary>Whether a packet follows on: same SSRC, a sequence number and a timestamp not far ahead.</summary>
    public readonly bool IsCarriedOnBy(in PacketEvidence evidence, Instant now)
    {
        if (!IsKnown || !evidence.IsRtp || evidence.Ssrc != Ssrc
            || !IsFollowedBy(evidence.Sequence))
        {
            return false;
        }

        long advance = evidence.Timestamp.DistanceFrom(Timestamp);
        long elapsedSeconds = (now - HeardAt).Ticks / TimeSpan.TicksPerSecond;
        return advance >= 0 && advance <= (elapsedSeconds + ClockSlackSeconds) * FastestClockHz;
    }
}
