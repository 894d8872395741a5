namespace RtpProxy.Hosting.Load;

/// <summary>How busy the machine may be for another call to begin; null for no limit.</summary>
/// <param name="Average"><c>--max-load</c>: what waits for the processors, on average of a minute, proc(5).</param>
/// <param name="CpuPercent"><c>--max-cpu</c>: how busy all processors are together, within a second.</param>
/// <param name="BytesPerSecond"><c>--max-bandwidth</c>: media that comes in, payloads of UDP.</param>
public sealed record LoadLimits(double? Average = null, double? CpuPercent = null, long? BytesPerSecond = null)
{
    internal bool IsAny => Average is not null || CpuPercent is not null || BytesPerSecond is not null;
}
