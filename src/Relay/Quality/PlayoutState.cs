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
/// the sender's clock was set back or its numbers begin anew.
/// </para>
/// <para>
/// Ours: whoever paused and goes on with timestamps that stood still, without a marker, begins anew too, once it has gone on in real
/// time for a while. What came up at once after an outage catches up instead, and is late.
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
    private const int ShortestPause = 1000; // ms; with a shorter one the way may have become longer
    private const int ProofOfPause = 500; // ms that who paused must go on in real time,
    private const int MostCaughtUp = 60; // and ms that it may catch up meanwhile

    /// <summary>Whether <see cref="Reference"/> means something.</summary>
    public bool HasReference;

    /// <summary>The last packet in order, by its number and its timestamp; the duration of packets is learned from it.</summary>
    public bool HasLast;

    public ushort LastSequence;

    public uint LastTimestamp;

    public uint Reference;

    /// <summary>Hz, of the payload that the reference is of; 0 before the first whose clock is known.</summary>
    public int ClockRateHz;

    /// <summary>
    /// Transit of the packet that the sender's clock is compared with: the first, and whichever began a talk spurt since. Then how
    /// much earlier than by that clock the last packet was, and the one that was furthest off; negative is later.
    /// </summary>
    public uint Origin;

    public int Skew;

    public int MaxSkew;

    /// <summary>The earliest packet of the interval against the reference; meaningful with <see cref="HasEarliest"/>.</summary>
    public int Earliest;

    public bool HasEarliest;

    /// <summary>Ticks from one packet to the next; the one seen last, which counts when it is seen again.</summary>
    public uint Step;

    public uint NewStep;

    /// <summary>
    /// What comes is later by a pause, and whether the sender's clock stood still meanwhile will show. The rest is of the first such
    /// packet: its transit, its number, and its arrival.
    /// </summary>
    public bool IsOnTrial;

    public uint TrialReference;

    public ushort TrialFirst;

    public uint TrialAt;

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
    /// <param name="failed">Those from <see cref="TrialFirst"/> on were late as well: they came in a burst.</param>
    public bool OnPacket(in RtpPacket packet, int clockRateHz, long arrivalTicks, int bufferMilliseconds, out bool failed)
    {
        uint timestamp = packet.Timestamp.Value;
        uint transit = (uint)arrivalTicks - timestamp;
        int buffer = Ticks(bufferMilliseconds, clockRateHz);
        int distance = HasLast ? (short)(packet.Sequence.Value - LastSequence) : 1;
        bool isOtherRun = distance < -SequenceFates.MaxDistance;
        bool isAhead = distance > 0 || isOtherRun;
        bool isNewSpurt = (isAhead && Follow(packet, timestamp)) || isOtherRun || !HasReference || clockRateHz != ClockRateHz;
        int delay = (int)(transit - Reference);
        failed = false;
        if (isNewSpurt || delay < -buffer)
        {
            failed = IsOnTrial && !isNewSpurt;
            if (isNewSpurt)
            {
                BeginClock(transit, clockRateHz);
            }

            Begin(transit, clockRateHz);
            delay = 0;
        }
        else if (IsOnTrial)
        {
            failed = !Try(transit, (uint)arrivalTicks, ref delay);
        }
        else if (delay > buffer && isAhead && delay > Ticks(ShortestPause, clockRateHz))
        {
            IsOnTrial = true;
            TrialReference = transit;
            TrialFirst = packet.Sequence.Value;
            TrialAt = (uint)arrivalTicks;
            return false;
        }

        if (!IsOnTrial)
        {
            Earliest = !HasEarliest || delay < Earliest ? delay : Earliest;
            HasEarliest = true;
            Skew = (int)(Origin - transit);
            MaxSkew = Math.Abs((long)Skew) > Math.Abs((long)MaxSkew) ? Skew : MaxSkew;
        }

        return delay > buffer;
    }

    /// <summary>An interval of 5 s is over.</summary>
    public void EndInterval(int bufferMilliseconds)
    {
        if (HasEarliest && Earliest > 0)
        {
            bool isAllLate = Earliest > Ticks(bufferMilliseconds, ClockRateHz);
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
        IsOnTrial = false;
    }

    private static int Ticks(int milliseconds, int clockRateHz) => clockRateHz * milliseconds / MillisecondsPerSecond;

    private void BeginClock(uint transit, int clockRateHz)
    {
        Origin = transit;
        MaxSkew = clockRateHz == ClockRateHz ? MaxSkew : 0;
    }

    private void Begin(uint transit, int clockRateHz)
    {
        HasReference = true;
        Reference = transit;
        ClockRateHz = clockRateHz;
        HasEarliest = false;
        IsOnTrial = false;
    }

    /// <summary>One more packet after a pause; false when it shows that those before it came in a burst.</summary>
    /// <param name="delay">In: against the old reference. Out: against that which holds for the packet.</param>
    private bool Try(uint transit, uint arrivalTicks, ref int delay)
    {
        int shifted = (int)(transit - TrialReference);
        if (shifted < -Ticks(MostCaughtUp, ClockRateHz))
        {
            IsOnTrial = false;
            return false;
        }

        delay = shifted;
        if (arrivalTicks - TrialAt >= Ticks(ProofOfPause, ClockRateHz))
        {
            Begin(TrialReference, ClockRateHz);
            Origin = TrialReference;
        }

        return true;
    }

    /// <summary>Of a packet that is ahead: whether it begins a talk spurt, or has a timestamp of a clock that was set back.</summary>
    private bool Follow(in RtpPacket packet, uint timestamp)
    {
        ushort sequence = packet.Sequence.Value;
        uint step = timestamp - LastTimestamp;
        bool isMarked = packet.Marker;
        if (HasLast && (ushort)(sequence - LastSequence) == 1 && !isMarked && step != Step)
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
