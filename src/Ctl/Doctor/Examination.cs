using RtpProxy.Admin;
using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor;

/// <summary>All that the checks look at: the host and its relays, once and a little later.</summary>
/// <param name="Files">For what does not change.</param>
/// <param name="Elapsed">Between the two readings; zero if there is only one.</param>
internal sealed record Examination(
    HostFiles Files,
    TimeSpan Elapsed,
    HostSample Before,
    HostSample Now,
    IReadOnlyList<DaemonProcess> DaemonsBefore,
    IReadOnlyList<DaemonProcess> Daemons,
    IReadOnlyList<RelaySample> RelaysBefore,
    IReadOnlyList<RelaySample> Relays)
{
    /// <summary>How much a counter grew between the readings.</summary>
    public ulong Growth(Func<HostSample, ulong?> counter) => Difference(counter(Now), counter(Before));

    public static ulong Difference(ulong? now, ulong? before) => now is { } later && before is { } earlier && later > earlier ? later - earlier : 0;

    /// <summary>Such as <c>12 (3 of them in the last 1.0 s)</c>.</summary>
    public string Count(ulong total, ulong growth) => growth == 0
        ? FormattableString.Invariant($"{total}")
        : FormattableString.Invariant($"{total} ({growth} of them in the last {Elapsed.TotalSeconds:0.0} s)");

    /// <summary>The ranges of ports that media is received on: those the relays tell, else those of the processes.</summary>
    public IReadOnlyList<PortSpan> MediaPorts()
    {
        PortSpan[] told = [.. Relays.Select(relay => relay.Host).OfType<HostFigures>()
            .Where(host => host.PortMin > 0).Select(host => new PortSpan(host.PortMin, host.PortMax)).Distinct()];
        return told.Length > 0 ? told : [.. Daemons.Select(daemon => daemon.MediaPorts).Distinct()];
    }
}
