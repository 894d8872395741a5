using RtpProxy.Admin;

namespace RtpProxy.Ctl.Doctor;

/// <summary>What a relay tells of itself at one instant.</summary>
/// <param name="Counters">Null where there is only the control protocol.</param>
/// <param name="Sessions">Active ones.</param>
/// <param name="Problem">Why it tells nothing; null if it does.</param>
/// <param name="Code">The <see cref="ExitCode"/> of that.</param>
internal sealed record RelaySample(
    string Name, RelayHello? Hello, HostFigures? Host, RelayCounters? Counters, int? Sessions, string? Problem, int Code);
