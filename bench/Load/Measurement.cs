namespace RtpProxy.Load;

/// <summary>What one relay did under the load.</summary>
internal sealed record Measurement(
    string Relay,
    double MicrosecondsPerPacket,
    double LossPercent,
    double P50Milliseconds,
    double P99Milliseconds,
    double P999Milliseconds,
    double KilobytesPerSession);
