namespace RtpProxy.Relay.Statistics;

/// <summary>Of what there are histograms: of all intervals of 5 s of all received streams (docs/metrics.md).</summary>
public enum QualityMeasure
{
    /// <summary>MOS-LQ, of intervals that have one.</summary>
    Score,

    /// <summary>Lost of expected packets, 0 to 1, where enough were expected for a score.</summary>
    LossRatio,

    /// <summary>In seconds, at the end of an interval in which something came; where the clock of the payload is known.</summary>
    Jitter,
}
