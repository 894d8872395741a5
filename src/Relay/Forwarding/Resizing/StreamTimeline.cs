using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// Where the audio of a party has got to, and what a packet is to it: the next piece, too late, or the beginning of
/// something new (media rules, section 5).
/// </summary>
/// <remarks>
/// A packet is late only if it can have been overtaken on its way: its timestamp and its number are both behind. Senders
/// begin their timestamps anew under the same SSRC, Asterisk after ring tone; to compare those with what was sent would
/// silence them for hours. Owned by one worker. Plain data.
/// </remarks>
internal struct StreamTimeline
{
    private const int Leap = 8_000; // a second of the 8 kHz clock: what came before can complete nothing any more
    private const int LittleLate = 4_000; // half a second: what reordering explains
    private const int MaxReordering = 536; // packets; the analyser's own limit (section 4.2)
    private const int ProofOfRestart = 5; // packets in a row, all late

    private static readonly TimeSpan Afterglow = TimeSpan.FromMilliseconds(500); // packets of the source before may still come
    private static readonly TimeSpan InARow = TimeSpan.FromMilliseconds(200);

    /// <summary>The source that the audio comes from; null before the first packet.</summary>
    public Ssrc? Ssrc;

    /// <summary>Of the newest packet.</summary>
    public SequenceNumber Sequence;

    public RtpTimestamp Timestamp;

    /// <summary>The source before, its newest packet, and when it was left.</summary>
    public Ssrc? EarlierSsrc;

    public SequenceNumber EarlierSequence;

    public Instant ChangedAt;

    /// <summary>The last of the packets in a row that were late.</summary>
    public SequenceNumber LateSequence;

    public Instant LateAt;

    public int LateInARow;

    /// <summary>Judges an audio packet and notes it.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="sentUpTo">The end of what was sent already; null while nothing was.</param>
    /// <param name="now">When it came.</param>
    public TimelineVerdict OnAudio(in RtpPacket packet, RtpTimestamp? sentUpTo, Instant now)
    {
        if (packet.Ssrc != Ssrc)
        {
            return OnOtherSource(packet, now);
        }

        int ahead = packet.Sequence.DistanceFrom(Sequence);
        int later = packet.Timestamp.DistanceFrom(Timestamp);
        bool isBeforeSent = sentUpTo is { } sent && packet.Timestamp.DistanceFrom(sent) < 0;
        if (ahead <= 0 && later <= 0)
        {
            return isBeforeSent || later < -LittleLate ? OnBehind(packet, later, now) : OnReordered();
        }

        // Ahead in its number and behind in time, or far ahead in time: the sender's clock was set anew.
        bool isAnew = later < 0 || later > Leap || isBeforeSent;
        Note(packet);
        return isAnew ? TimelineVerdict.BeginsAnew : TimelineVerdict.Continues;
    }

    private TimelineVerdict OnOtherSource(in RtpPacket packet, Instant now)
    {
        if (packet.Ssrc == EarlierSsrc
            && now - ChangedAt < Afterglow
            && packet.Sequence.DistanceFrom(EarlierSequence) is <= 0 and >= -MaxReordering)
        {
            return TimelineVerdict.Late;
        }

        EarlierSsrc = Ssrc;
        EarlierSequence = Sequence;
        ChangedAt = now;
        Ssrc = packet.Ssrc;
        Note(packet);
        return TimelineVerdict.BeginsAnew;
    }

    private TimelineVerdict OnReordered()
    {
        LateInARow = 0;
        return TimelineVerdict.Continues;
    }

    /// <summary>Late, unless number and timestamp were both begun anew: then more than a few come in a row.</summary>
    private TimelineVerdict OnBehind(in RtpPacket packet, int later, Instant now)
    {
        bool follows = packet.Sequence == LateSequence.Next && now - LateAt < InARow;
        LateInARow = follows ? LateInARow + 1 : 1;
        LateSequence = packet.Sequence;
        LateAt = now;
        if (LateInARow < ProofOfRestart || later >= -LittleLate)
        {
            return TimelineVerdict.Late;
        }

        Note(packet);
        return TimelineVerdict.BeginsAnew;
    }

    private void Note(in RtpPacket packet)
    {
        Sequence = packet.Sequence;
        Timestamp = packet.Timestamp;
        LateInARow = 0;
    }
}
