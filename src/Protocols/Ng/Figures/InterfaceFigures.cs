using System.Net;

namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>An address that media is relayed at (ng protocol, 7.5).</summary>
public sealed record InterfaceFigures
{
    public required string Name { get; init; }

    public required IPAddress Address { get; init; }

    public int MinPort { get; init; }

    public int MaxPort { get; init; }

    /// <summary>Single ports, not pairs.</summary>
    public int PortsInUse { get; init; }

    /// <summary>How many there are to use.</summary>
    public int Ports { get; init; }
}
