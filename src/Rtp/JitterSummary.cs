namespace RtpProxy.Rtp;

/// <summary>
/// Interarrival jitter (RFC 3550 section 6.4.1) of a stream over all its sources, in ticks of the RTP clock of the payload.
/// </summary>
/// <param name="Last">Of the newest source, after its latest packet.</param>
/// <param name="Average">Mean of the values after each packet.</param>
/// <param name="Maximum">Largest value after any packet.</param>
public readonly record struct JitterSummary(double Last, double Average, double Maximum);
