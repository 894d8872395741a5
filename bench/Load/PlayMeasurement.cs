namespace RtpProxy.Load;

/// <summary>What playing cost, and how evenly it was heard.</summary>
internal sealed record PlayMeasurement(
    double MicrosecondsPerPacket,
    double ProcessorPercent,
    double LossPercent,
    double P50Milliseconds,
    double P99Milliseconds,
    double P999Milliseconds);
