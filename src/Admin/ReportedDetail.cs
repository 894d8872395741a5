namespace RtpProxy.Admin;

/// <summary>What a party's RTCP says of the stream that we send it.</summary>
/// <param name="LossRate">Of its last report, 0 to 1.</param>
/// <param name="Lost">Since the beginning; may be negative.</param>
public sealed record ReportedDetail(
    double? RoundTripMilliseconds, double LossRate, int Lost, double? JitterMilliseconds, DateTimeOffset At);
