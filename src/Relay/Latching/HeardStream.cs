using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>One RTP stream of the party, as far as its continuation must be known: only who hears it can carry it on.</summary>
internal struct HeardStream
{
    private const long FastestClockHz = 90_000; // video; the fastest clock in common use (RFC 3551)
    private const long ClockSlackSeconds = 10; // packets lost, or queued in a network that was away
    private const int BehindLimit = 5; // in a row: the highest number was not the party's

    private Instant _since;
    private RtpTimestamp _timestamp;
    private SequenceNumber _newest;
    private byte _behind;

    public bool IsKnown { get; private set; }

    public Ssrc Ssrc { get; private set; }

    /// <summary>The highest sequence number heard.</summary>
    public SequenceNumber Sequence { get; private set; }

    public Instant HeardAt { get; private set; }

    /// <summary>How long it has been going on.</summary>
    public readonly TimeSpan Age => HeardAt - _since;

    public static HeardStream Begin(in PacketEvidence evidence, Instant now) => new()
    {
        IsKnown = true,
        Ssrc = evidence.Ssrc,
        Sequence = evidence.Sequence,
        HeardAt = now,
        _timestamp = evidence.Timestamp,
        _newest = evidence.Sequence,
        _since = now,
    };

    /// <summary>Begins to count its age anew: it was not alone.</summary>
    public void BeginAgeAnew(Instant now) => _since = now;

    /// <summary>A packet of it came from where the party is.</summary>
    public void GoOn(in PacketEvidence evidence, Instant now)
    {
        HeardAt = now;
        int step = evidence.Sequence.DistanceFrom(_newest);
        _newest = evidence.Sequence;
        int ahead = evidence.Sequence.DistanceFrom(Sequence);
        if (ahead is <= 0 and >= -LatchTimes.MaxSequenceAdvance)
        {
            // Late packets do not come in order; who forged a high number does not stop the party for ten seconds.
            _behind = (byte)(ahead < 0 && step > 0 ? _behind + 1 : 0);
            if (_behind < BehindLimit)
            {
                return;
            }
        }

        _behind = 0;
        Sequence = evidence.Sequence;
        _timestamp = evidence.Timestamp;
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

        long advance = evidence.Timestamp.DistanceFrom(_timestamp);
        long elapsedSeconds = (now - HeardAt).Ticks / TimeSpan.TicksPerSecond;
        return advance >= 0 && advance <= (elapsedSeconds + ClockSlackSeconds) * FastestClockHz;
    }
}
