using RtpProxy.Hosting.Commands;
using RtpProxy.Io.Net.Ports;

namespace RtpProxy.Hosting.Admin;

/// <summary>The parts of a relay that tell figures of the whole.</summary>
internal sealed record AdminSources
{
    public required RelayHost Host { get; init; }

    public required PortRange Ports { get; init; }

    /// <summary>Addresses of ours, each with the whole range of ports.</summary>
    public required int Addresses { get; init; }

    public required Audience Audience { get; init; }

    public required CommandMeter Commands { get; init; }

    public required WallClock Clock { get; init; }
}
