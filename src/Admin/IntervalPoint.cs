namespace RtpProxy.Admin;

/// <summary>How a stream fared for some seconds.</summary>
/// <param name="At">Seconds since the session was set up.</param>
/// <param name="Length">Seconds.</param>
public sealed record IntervalPoint(
    double At, double Length, uint Received, uint Lost, uint Late, double? JitterMilliseconds, double? Score);
