using RtpProxy.Io.Posix.Host;

namespace RtpProxy.Ctl.Doctor;

/// <summary>What the host counted up to one instant. Absent is not told.</summary>
internal sealed record HostSample(
    UdpFaults? Udp,
    ProcessorTimes? Processors,
    BacklogFigures? Backlog,
    ConntrackFigures? Conntrack,
    IReadOnlyDictionary<string, InterfaceSample> Interfaces)
{
    public static HostSample Take(HostFiles files)
    {
        string[] interfaces = [.. files.Names("/sys/class/net").Where(name => files.Text($"/sys/class/net/{name}/mtu") is not null)];
        return new HostSample(
            UdpOf(files),
            ProcessorTimes.Parse(files.Text("/proc/stat")),
            BacklogFigures.Parse(files.Text("/proc/net/softnet_stat")),
            ConntrackFigures.Read(files),
            interfaces.ToDictionary(name => name, name => InterfaceSample.Take(files, name), StringComparer.Ordinal));
    }

    private static UdpFaults? UdpOf(HostFiles files) =>
        (UdpFaults.ParseSnmp(files.Text("/proc/net/snmp")), UdpFaults.ParseSnmp6(files.Text("/proc/net/snmp6"))) switch
        {
            ({ } ipv4, { } ipv6) => UdpFaults.Sum(ipv4, ipv6),
            (var ipv4, var ipv6) => ipv4 ?? ipv6,
        };
}
