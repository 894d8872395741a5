using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Statistics;

/// <summary>The counters of one worker, or the sum over all (control protocol, section 9).</summary>
/// <remarks>Owned by one thread; sums are made by visiting the owners.</remarks>
public sealed class RelayStatistics
{
    private static readonly int CounterCount = Enum.GetValues<RelayCounter>().Length;
    private static readonly int ReasonCount = Enum.GetValues<DropReason>().Length;

    private readonly ulong[] _counters = new ulong[CounterCount];
    private readonly ulong[] _drops = new ulong[ReasonCount];

    /// <summary>Life time in seconds of all sessions that ended.</summary>
    public double TotalDurationSeconds { get; private set; }

    /// <summary>Datagrams received per second, over the last whole second.</summary>
    public double ReceiveRate { get; internal set; }

    /// <summary>Records that a slow or full disk lost; not shown by the protocol.</summary>
    public ulong RecordsLost { get; private set; }

    /// <summary>An integer counter; the two fractions have properties of their own.</summary>
    public ulong this[RelayCounter counter] => _counters[(int)counter];

    public ulong Dropped(DropReason reason) => _drops[(int)reason];

    internal void Count(RelayCounter counter) => _counters[(int)counter]++;

    internal void Count(RelayCounter counter, ulong times) => _counters[(int)counter] += times;

    /// <summary>
    /// Counts a datagram that is not relayed: under its reason, and in a sum that the protocol shows; the re-packetiser has
    /// one of its own.
    /// </summary>
    internal void CountDrop(DropReason reason)
    {
        _drops[(int)reason]++;
        RelayCounter sum = reason is DropReason.ResizerLate or DropReason.ResizerDuplicate or DropReason.ResizerFlushed
            ? RelayCounter.ResizerPacketsDiscarded
            : RelayCounter.PacketsDiscarded;
        _counters[(int)sum]++;
    }

    /// <summary>The same, here and at the stream that it came in on.</summary>
    internal void CountDrop(RelayStream stream, DropReason reason)
    {
        stream.CountDrop(reason);
        CountDrop(reason);
    }

    internal void CountLostRecord() => RecordsLost++;

    /// <summary>A session has ended after this time.</summary>
    internal void AddDuration(TimeSpan lifetime) => TotalDurationSeconds += lifetime.TotalSeconds;

    /// <summary>Adds these numbers to a sum.</summary>
    internal void AddTo(RelayStatistics sum)
    {
        for (int i = 0; i < _counters.Length; i++)
        {
            sum._counters[i] += _counters[i];
        }

        for (int i = 0; i < _drops.Length; i++)
        {
            sum._drops[i] += _drops[i];
        }

        sum.TotalDurationSeconds += TotalDurationSeconds;
        sum.ReceiveRate += ReceiveRate;
        sum.RecordsLost += RecordsLost;
    }
}
