namespace RtpProxy.Admin;

/// <summary>How one worker fares.</summary>
/// <param name="Sessions">Alive.</param>
/// <param name="CpuSeconds">Processor time of its thread.</param>
/// <param name="LagSeconds">How late turns of its loop were.</param>
public sealed record WorkerFigures(int Worker, int Sessions, double CpuSeconds, Histogram LagSeconds);
