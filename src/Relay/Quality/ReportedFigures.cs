namespace RtpProxy.Relay.Quality;

/// <summary>
/// How what we send reaches a party ("behind us"): known only from the RTCP reports that it sends about our stream (RFC 3550,
/// section 6.4.1).
/// </summary>
/// <param name="RoundTrip">From us to the party and back; null until a report refers to a sender report that we relayed.</param>
/// <param name="LossRate">Of its last report, 0 to 1.</param>
/// <param name="CumulativeLost">Packets, by its last report; may be negative.</param>
/// <param name="JitterMilliseconds">Of its last report; null where the clock of the payload is not known, and where it is more than anybody's can
/// be.</param>
/// <param name="Ago">Since its last report.</param>
public sealed record ReportedFigures(
    TimeSpan? RoundTrip,
    double LossRate,
    int CumulativeLost,
    double? JitterMilliseconds,
    TimeSpan Ago);
