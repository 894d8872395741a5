namespace RtpProxy.Admin;

/// <summary>The process and the host it runs on, as far as the system tells. Absent is unknown.</summary>
public sealed record HostFigures
{
    public int Processors { get; init; }

    public double ProcessCpuSeconds { get; init; }

    public long ResidentBytes { get; init; }

    public int DescriptorsUsed { get; init; }

    public long DescriptorsLimit { get; init; }

    public int PortMin { get; init; }

    public int PortMax { get; init; }

    /// <summary>Sessions that fit, by ports and descriptors.</summary>
    public int SessionsThatFit { get; init; }

    /// <summary>The system's own range for outgoing ports.</summary>
    public int? LocalPortMin { get; init; }

    public int? LocalPortMax { get; init; }

    /// <summary>Of UDP on this host (/proc/net/snmp, snmp6).</summary>
    public ulong? UdpReceiveErrors { get; init; }

    public ulong? UdpReceiveBufferErrors { get; init; }

    public ulong? UdpSendBufferErrors { get; init; }

    /// <summary>Dropped at our own media sockets for want of room (/proc/net/udp).</summary>
    public ulong? SocketDrops { get; init; }

    public long? ConntrackCount { get; init; }

    public long? ConntrackLimit { get; init; }

    /// <summary>Share of processor time that the hypervisor took, 0 to 1, since boot.</summary>
    public double? Steal { get; init; }

    public string? ClockSource { get; init; }

    public double? LoadAverage { get; init; }
}
