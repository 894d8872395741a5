using System.Runtime.CompilerServices;

namespace RtpProxy.Rtp;

/// <summary>Interarrival jitter of one source (RFC 3550 appendix A.8; media rules, section 4.3).</summary>
/// <remarks>Owned by one <see cref="JitterHistory"/>; reused for another source when ten are known.</remarks>
internal sealed class JitterRecord
{
    private const int RememberedTimestamps = 10;
    private const long TimestampCycle = 1L << 32;
    private const uint HalfCycle = 1u << 31;
    private const int MaxBackwardRatio = 50;
    private const int MaxForwardRatio = 1024;

    private RecentTimestamps _recent;
    private byte _recentCount;
    private byte _recentNext;
    private uint _lastTimestamp;
    private long _lastArrival;

    [InlineArray(RememberedTimestamps)]
    private struct RecentTimestamps
    {
        private uint _first;
    }

    public Ssrc Ssrc { get; private set; }

    /// <summary>The record created before this one.</summary>
    public JitterRecord? Older { get; set; }

    /// <summary>Packets that count, the first one included; jitter exists from two on.</summary>
    public uint Counted { get; private set; }

    public double Last { get; private set; }

    public double Maximum { get; private set; }

    /// <summary>Sum of the jitter after each packet from the second on.</summary>
    public double Total { get; private set; }

    public bool HasJitter => Counted >= 2;

    /// <summary>Forgets everything and starts anew for <paramref name="ssrc"/>.</summary>
    public void Reset(Ssrc ssrc)
    {
        Ssrc = ssrc;
        Counted = 0;
        Last = Maximum = Total = 0;
        _recentCount = _recentNext = 0;
        _lastArrival = 0;
        _lastTimestamp = 0;
    }

    /// <param name="arrival">Instant of arrival in ticks of the RTP clock.</param>
    /// <param name="timestamp">RTP timestamp of the packet.</param>
    /// <param name="clockRestarted">The sequence restarted, so the timestamps cannot be compared.</param>
    public void OnPacket(long arrival, uint timestamp, bool clockRestarted)
    {
        if (WasSeen(timestamp))
        {
            if (Counted == 1)
            {
                _lastArrival = arrival;
                _lastTimestamp = timestamp;
            }

            return;
        }

        // An arrival of 0 stands for "no packet yet", as in the original.
        bool comparable = true;
        if (_lastArrival != 0)
        {
            comparable = !clockRestarted && Compare(arrival, timestamp);
        }

        if (comparable)
        {
            Counted++;
        }

        Remember(timestamp);
        _lastArrival = arrival;
        _lastTimestamp = timestamp;
    }

    /// <summary>Updates the jitter; false when the timestamp jumped and nothing can be said.</summary>
    private bool Compare(long arrival, uint timestamp)
    {
        long cycle = 0;
        long apart = unchecked(_lastArrival - arrival);
        ulong interval = apart < 0 ? unchecked(0 - (ulong)apart) : (ulong)apart;
        if (_lastTimestamp > timestamp)
        {
            uint back = _lastTimestamp - timestamp;
            if (back > HalfCycle)
            {
                cycle = TimestampCycle;
            }
            else if (Exceeds(back, interval, MaxBackwardRatio))
            {
                return false;
            }
        }
        else if (Exceeds(timestamp - _lastTimestamp, interval, MaxForwardRatio))
        {
            return false;
        }

        // RFC 3550 A.8: d is the change of transit time; J += (|d| - J) / 16.
        long change = unchecked(arrival - (timestamp + cycle) - (_lastArrival - _lastTimestamp));
        double distance = Math.Abs((double)change);
        Last += (distance - Last) / 16;
        Maximum = Math.Max(Maximum, Last);
        Total += Last;
        return true;
    }

    /// <summary>True when the timestamps moved so much further than the clock that the sender must have reset them.</summary>
    private static bool Exceeds(uint moved, ulong interval, uint ratio) =>
        interval is not 0 and <= uint.MaxValue && moved > interval * ratio;

    private bool WasSeen(uint timestamp)
    {
        ReadOnlySpan<uint> recent = _recent;
        return recent[.._recentCount].Contains(timestamp);
    }

    private void Remember(uint timestamp)
    {
        _recent[_recentNext] = timestamp;
        _recentNext = (byte)((_recentNext + 1) % RememberedTimestamps);
        _recentCount = (byte)Math.Min(_recentCount + 1, RememberedTimestamps);
    }
}
