using System.Collections.Immutable;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Protocols.Ng.Figures;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Hosting.Commands;

/// <summary>The addresses of the options as the ng protocol shows them in <c>statistics</c>, and their ports.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class NgInterfaces(BindAddresses addresses, PortRange range)
{
    private const int PortsOfPair = 2;

    public IReadOnlyList<InterfaceFigures> Figures => addresses.Entries.Select(Of).ToImmutableArray();

    private InterfaceFigures Of(LocalAddress entry) => new()
    {
        Name = NameOf(entry),
        Address = entry.Address,
        MinPort = range.Lowest,
        MaxPort = range.Highest + 1,
        PortsInUse = PortsOfPair * range.PairsTakenOn(entry.Address),
        Ports = PortsOfPair * range.PairCount,
    };

    /// <summary>As a controller may ask for it.</summary>
    private string NameOf(LocalAddress entry) => entry switch
    {
        { Label: { } label } => label,
        _ when entry.Equals(addresses.Internal) => "internal",
        _ when entry.Equals(addresses.External) => "external",
        _ => "default",
    };
}
