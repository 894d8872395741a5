namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>Quality over some time (ng protocol, 7.2).</summary>
/// <param name="Mos">1.0-5.0.</param>
/// <param name="Jitter">RFC 3550 interarrival jitter.</param>
/// <param name="PacketLoss">0-100 percent.</param>
/// <param name="RoundTrip">Between the parties; zero when it was not measured.</param>
/// <param name="RoundTripOfLeg">Between us and the party.</param>
/// <param name="ReportedAt">When it was taken; of no meaning in an average.</param>
public readonly record struct QualitySample(
    double Mos,
    TimeSpan Jitter,
    double PacketLoss,
    TimeSpan RoundTrip,
    TimeSpan RoundTripOfLeg,
    DateTimeOffset ReportedAt);
