using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// When packets would be played by a listener whose de-jitter buffer has a fixed length: which of them come too late for it
/// (RFC 3611, section 4.7.1: discarded). All times are in ticks of the RTP clock, modulo 2^32.
/// </summary>
/// <remarks>
/// <para>
/// The reference is the transit (arrival less timestamp) of one packet: what takes longer than that and the buffer is late. It is
/// set by the first packet, by the first one of a talk spurt (marker), when the stream is early by more than the buffer, and when
/// the sender's clock was set back.
/// </para>
/// <para>
/// Ours: after an interval in which nothing came as early as the reference it moves towards the earliest packet, by no more than
/// the clock of a bad telephone goes wrong in 5 s; after one in which all came late a listener would have begun anew, and so do we.
/// Otherwise an hour of drifting clocks, or a longer way, would make a good stream a bad one until its end.
/// </para>
/// <para>Plain data; all zero before the first packet.</para>
/// </remarks>
internal struct PlayoutState
{
    private const int SkewShare = 400; // of a second: 500 ppm in 5 s
    private const int MillisecondsPerSecond = 1000;

    /// <summary>Whether <see cref="Reference"/> means something.</summary>
    public bool HasReference;

    /// <summary>The last packet in order, by its number and its timestamp; the duration of packets is learned from it.</summary>
    public bool HasLast;

    public ushort LastSequence;

    public uint LastTimestamp;

    public uint Reference;

    /// <summary>Hz, of the payload that the reference is of; 0 before the first whose clock is known.</summary>
    public int ClockRateHz;

    /// <summary>The earliest packet of the interval against the reference; meaningful with <see cref="HasEarliest"/>.</summary>
    public int Earliest;

    public bool HasEarliest;

    /// <summary>Ticks from one packet to the next; the one seen last, which counts when it is seen again.</summary>
    public uint Step;

    public uint NewStep;

    /// <summary>Duration of a packet; null until two followed on each other, or when they are no time apart.</summary>
    public readonly double? PacketMilliseconds
    {
        get
        {
            uint step = Step != 0 ? Step : NewStep;
            return ClockRateHz > 0 && step > 0 && step <= ClockRateHz ? step * (double)MillisecondsPerSecond / ClockRateHz : null;
        }
    }

    /// <summary>A packet came: whether it is late.</summary>
    /// <param name="clockRateHz">Of its payload type, not 0.</param>
    public bool OnPacket(in RtpPacket packet, int clockRateHz, long arrivalTicks, int bufferMilliseconds)
    {
        uint timestamp = packet.Timestamp.Value;
        uint transit = (uint)arrivalTicks - timestamp;
        int buffer = clockRateHz * bufferMilliseconds / MillisecondsPerSecond;
        bool isNewSpurt = Follow(packet, timestamp) || !HasReference || clockRateHz != ClockRateHz;
        int delay = (int)(transit - Reference);
        if (isNewSpurt || delay < -buffer)
        {
            HasReference = true;
            Reference = transit;
            ClockRateHz = clockRateHz;
            HasEarliest = false;
            delay = 0;
        }

        if (!HasEarliest || delay < Earliest)
        {
            Earliest = delay;
            HasEarliest = true;
        }

        return delay > buffer;
    }

    /// <summary>An interval of 5 s is over.</summary>
    public void EndInterval(int bufferMilliseconds)
    {
        if (HasEarliest && Earliest > 0)
        {
            bool isAllLate = Earliest > ClockRateHz * bufferMilliseconds / MillisecondsPerSecond;
            Reference += (uint)(isAllLate ? Earliest : Math.Min(Earliest, ClockRateHz / SkewShare));
        }

        HasEarliest = false;
    }

    /// <summary>Another source: its timestamps are others, its packets perhaps too.</summary>
    public void BeginSource()
    {
        HasReference = false;
        HasLast = false;
        Step = 0;
        NewStep = 0;
    }

    /// <summary>Whether a packet that is ahead begins a talk spurt, or has a timestamp of a clock that was set back.</summary>
    private bool Follow(in RtpPacket packet, uint timestamp)
    {
        ushort sequence = packet.Sequence.Value;
        short ahead = (short)(sequence - LastSequence);
        if (HasLast && ahead <= 0)
        {
            return false;
        }

        uint step = timestamp - LastTimestamp;
        bool isMarked = packet.Marker;
        if (HasLast && ahead == 1 && !isMarked && step != Step)
        {
            Step = step == NewStep || Step == 0 ? step : Step;
            NewStep = step;
        }

        bool isSetBack = HasLast && (int)step < 0;
        HasLast = true;
        LastSequence = sequence;
        LastTimestamp = timestamp;
        return isMarked || isSetBack;
    }
}
