namespace RtpProxy.Relay.Statistics;

/// <summary>All numbers of a <see cref="RelayStatistics"/>. Plain data.</summary>
internal struct RelayStatisticsState
{
    public CounterTotals Counters;

    public DropTotals Drops;

    public KindTotals Traffic;

    public HistogramStates Histograms;

    public double TotalDurationSeconds;

    public double ReceiveRate;

    public double ReceiveByteRate;

    public double DiscardRate;

    public ulong RecordsLost;
}
