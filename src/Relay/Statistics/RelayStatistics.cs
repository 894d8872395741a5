using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Statistics;

/// <summary>The counters of one worker, or the sum over all (control protocol, section 9).</summary>
/// <remarks>Owned by one thread; sums are made by visiting the owners.</remarks>
public sealed class RelayStatistics
{
    private const double MicrosecondsPerSecond = 1_000_000;
    private const double ThousandthsOfOne = 1000;

    private RelayStatisticsState _state;

    /// <summary>Life time in seconds of all sessions that ended.</summary>
    public double TotalDurationSeconds => _state.TotalDurationSeconds;

    /// <summary>Datagrams received per second, over the last whole second.</summary>
    public double ReceiveRate { get => _state.ReceiveRate; internal set => _state.ReceiveRate = value; }

    /// <summary>Bytes of payloads of UDP received per second, likewise; not shown by the protocol.</summary>
    public double ReceiveByteRate { get => _state.ReceiveByteRate; internal set => _state.ReceiveByteRate = value; }

    /// <summary>Datagrams discarded per second, likewise; not shown by the protocol.</summary>
    public double DiscardRate { get => _state.DiscardRate; internal set => _state.DiscardRate = value; }

    /// <summary>Records that a slow or full disk lost; not shown by the protocol.</summary>
    public ulong RecordsLost => _state.RecordsLost;

    /// <summary>All numbers, to be copied out and in.</summary>
    internal ref RelayStatisticsState State => ref _state;

    /// <summary>An integer counter; the two fractions have properties of their own.</summary>
    public ulong this[RelayCounter counter] => _state.Counters[(int)counter];

    public ulong Dropped(DropReason reason) => _state.Drops[(int)reason];

    /// <summary>Of complete sessions, by what the port is for.</summary>
    public TrafficTotals Traffic(StreamKind kind) => _state.Traffic[(int)kind];

    /// <summary>Of all intervals of 5 s that ended.</summary>
    public QualityHistogram Histogram(QualityMeasure measure) =>
        QualityHistogram.Of(measure, _state.Histograms[(int)measure]);

    internal void Count(RelayCounter counter) => _state.Counters[(int)counter]++;

    internal void Count(RelayCounter counter, ulong times) => _state.Counters[(int)counter] += times;

    internal void CountReceived(StreamKind kind, int length)
    {
        Count(RelayCounter.PacketsReceived);
        ref TrafficTotals traffic = ref _state.Traffic[(int)kind];
        traffic.Received++;
        traffic.ReceivedBytes += (uint)length;
    }

    internal void CountRelayed(StreamKind kind, int length)
    {
        Count(RelayCounter.PacketsRelayed);
        ref TrafficTotals traffic = ref _state.Traffic[(int)kind];
        traffic.Relayed++;
        traffic.RelayedBytes += (uint)length;
    }

    /// <summary>An interval of a stream has ended.</summary>
    internal void Count(in IntervalPoint interval)
    {
        if (interval.Score > 0)
        {
            Count(QualityMeasure.Score, interval.Score / ThousandthsOfOne);
        }

        if (interval.Expected >= StreamQuality.MinScoredPackets)
        {
            Count(QualityMeasure.LossRatio, (double)interval.Lost / interval.Expected);
        }

        if (interval.JitterMicroseconds != IntervalPoint.NoJitter)
        {
            Count(QualityMeasure.Jitter, interval.JitterMicroseconds / MicrosecondsPerSecond);
        }
    }

    /// <summary>
    /// Counts a datagram that is not relayed: under its reason, and in a sum that the protocol shows; the re-packetiser has
    /// one of its own.
    /// </summary>
    internal void CountDrop(DropReason reason)
    {
        _state.Drops[(int)reason]++;
        RelayCounter sum = reason is DropReason.ResizerLate or DropReason.ResizerDuplicate or DropReason.ResizerFlushed
            ? RelayCounter.ResizerPacketsDiscarded
            : RelayCounter.PacketsDiscarded;
        _state.Counters[(int)sum]++;
    }

    /// <summary>The same, here and at the stream that it came in on.</summary>
    internal void CountDrop(RelayStream stream, DropReason reason)
    {
        stream.CountDrop(reason);
        CountDrop(reason);
    }

    internal void CountLostRecord() => _state.RecordsLost++;

    /// <summary>A session has ended after this time.</summary>
    internal void AddDuration(TimeSpan lifetime) => _state.TotalDurationSeconds += lifetime.TotalSeconds;

    /// <summary>Adds these numbers to a sum.</summary>
    internal void AddTo(RelayStatistics sum)
    {
        for (int i = 0; i < CounterTotals.Length; i++)
        {
            sum._state.Counters[i] += _state.Counters[i];
        }

        for (int i = 0; i < DropTotals.Length; i++)
        {
            sum._state.Drops[i] += _state.Drops[i];
        }

        for (int i = 0; i < KindTotals.Length; i++)
        {
            sum._state.Traffic[i].Add(_state.Traffic[i]);
        }

        for (int i = 0; i < HistogramStates.Length; i++)
        {
            sum._state.Histograms[i].Add(_state.Histograms[i]);
        }

        sum._state.TotalDurationSeconds += TotalDurationSeconds;
        sum._state.ReceiveRate += ReceiveRate;
        sum._state.ReceiveByteRate += ReceiveByteRate;
        sum._state.DiscardRate += DiscardRate;
        sum._state.RecordsLost += RecordsLost;
    }

    private void Count(QualityMeasure measure, double value) =>
        QualityHistogram.Count(measure, value, ref _state.Histograms[(int)measure]);
}
