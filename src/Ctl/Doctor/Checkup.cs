using RtpProxy.Ctl.Doctor.Checks;

namespace RtpProxy.Ctl.Doctor;

/// <summary>All checks, in the order in which they are told.</summary>
internal static class Checkup
{
    private static readonly Func<Examination, IEnumerable<Finding>>[] Checks =
    [
        RelayChecks.Answers,
        ProcessChecks.Descriptors,
        KeepingChecks.Keeper,
        KeepingChecks.Watcher,
        RelayChecks.Ports,
        ProcessChecks.PortRange,
        ProcessChecks.SocketDrops,
        NetworkChecks.Buffers,
        NetworkChecks.Udp,
        NetworkChecks.Backlog,
        NetworkChecks.Conntrack,
        InterfaceChecks.Drops,
        InterfaceChecks.Driver,
        InterfaceChecks.Mtu,
        InterfaceChecks.ReversePath,
        ProcessorChecks.Processors,
        RelayChecks.WorkerLag,
        RelayChecks.Losses,
        ProcessorChecks.Clock,
        ProcessChecks.OldDaemons,
    ];

    public static IReadOnlyList<Finding> Run(Examination host) => [.. Checks.SelectMany(check => check(host))];
}
