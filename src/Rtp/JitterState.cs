using System.Runtime.CompilerServices;

namespace RtpProxy.Rtp;

/// <summary>Interarrival jitter of one source (RFC 3550 appendix A.8; media rules, section 4.3).</summary>
/// <remarks>Plain data without references; with all zero but the source it has heard nothing of that.</remarks>
internal struct JitterState
{
    /// <summary>Timestamps that are remembered, to know packets that come twice.</summary>
    public const int RememberedTimestamps = 10;

    private const long TimestampCycle = 1L << 32;
    private const uint HalfCycle = 1u << 31;
    private const int MaxBackwardRatio = 50;
    private const int MaxForwardRatio = 1024;

    public Ssrc Ssrc;

    /// <summary>Packets that count, the first one included; jitter exists from two on.</summary>
    public uint Counted;

    /// <summary>In ticks of the RTP clock, as all jitter here.</summary>
    public double Last;

    public double Maximum;

    /// <summary>Sum of the jitter after each packet from the second on.</summary>
    public double Total;

    /// <summary>Of the packet before, in ticks of the RTP clock; 0 stands for "no packet yet", as in the original.</summary>
    public long LastArrival;

    public uint LastTimestamp;

    /// <summary>How many of <see cref="Recent"/> are used.</summary>
    public byte RecentCount;

    /// <summary>Which of <see cref="Recent"/> is used next.</summary>
    public byte RecentNext;

    public RecentTimestamps Recent;

    /// <summary>The timestamps of the latest packets, the oldest first from <see cref="RecentNext"/> on.</summary>
    [InlineArray(RememberedTimestamps)]
    public struct RecentTimestamps
    {
        private uint _first;
    }

    public readonly bool HasJitter => Counted >= 2;

    /// <param name="arrival">Instant of arrival in ticks of the RTP clock.</param>
    /// <param name="timestamp">RTP timestamp of the packet.</param>
    /// <param name="clockRestarted">The sequence restarted, so the timestamps cannot be compared.</param>
    public void OnPacket(long arrival, uint timestamp, bool clockRestarted)
    {
        if (WasSeen(timestamp))
        {
            if (Counted == 1)
            {
                LastArrival = arrival;
                LastTimestamp = timestamp;
            }

            return;
        }

        bool comparable = true;
        if (LastArrival != 0)
        {
            comparable = !clockRestarted && Compare(arrival, timestamp);
        }

        if (comparable)
        {
            Counted++;
        }

        Remember(timestamp);
        LastArrival = arrival;
        LastTimestamp = timestamp;
    }

    /// <summary>Updates the jitter; false when the timestamp jumped and nothing can be said.</summary>
    private bool Compare(long arrival, uint timestamp)
    {
        long cycle = 0;
        long apart = unchecked(LastArrival - arrival);
        ulong interval = apart < 0 ? unchecked(0 - (ulong)apart) : (ulong)apart;
        if (LastTimestamp > timestamp)
        {
            uint back = LastTimestamp - timestamp;
            if (back > HalfCycle)
            {
                cycle = TimestampCycle;
            }
            else if (Exceeds(back, interval, MaxBackwardRatio))
            {
                return false;
            }
        }
        else if (Exceeds(timestamp - LastTimestamp, interval, MaxForwardRatio))
        {
            return false;
        }

        // RFC 3550 A.8: d is the change of transit time; J += (|d| - J) / 16.
        long change = unchecked(arrival - (timestamp + cycle) - (LastArrival - LastTimestamp));
        double distance = Math.Abs((double)change);
        Last += (distance - Last) / 16;
        Maximum = Math.Max(Maximum, Last);
        Total += Last;
        return true;
    }

    /// <summary>True when the timestamps moved so much further than the clock that the sender must have reset them.</summary>
    private static bool Exceeds(uint moved, ulong interval, uint ratio) =>
        interval is not 0 and <= uint.MaxValue && moved > interval * ratio;

    private readonly bool WasSeen(uint timestamp)
    {
        ReadOnlySpan<uint> recent = Recent;
        return recent[..RecentCount].Contains(timestamp);
    }

    private void Remember(uint timestamp)
    {
        Recent[RecentNext] = timestamp;
        RecentNext = (byte)((RecentNext + 1) % RememberedTimestamps);
        RecentCount = (byte)Math.Min(RecentCount + 1, RememberedTimestamps);
    }
}
