using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Relays;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>What the proxy shall do: checked, immutable, replaced whole at a reload.</summary>
/// <param name="NextHop">Where calls go that are for nobody registered; null for nowhere.</param>
/// <param name="Registrar">Null when phones cannot register.</param>
/// <param name="Authentication">Null when nobody is asked for a password.</param>
/// <param name="Trusted">Servers that need none.</param>
/// <param name="Secret">What the proxy signs with, so that calls outlive a restart; null for chance.</param>
/// <param name="RelaySets">Nodes that anchor media; empty to start one in this process.</param>
/// <param name="Management">Where the management interface listens; null when it is off.</param>
internal sealed record EdgeSettings(
    IReadOnlyList<ListenSettings> Listen,
    NextHop? NextHop,
    RegistrarSettings? Registrar,
    AuthenticationSettings? Authentication,
    IReadOnlyList<IPNetwork> Trusted,
    string? Secret,
    IReadOnlyList<RelaySetDefinition> RelaySets,
    RelaySetsOptions RelayOptions,
    InProcessRelaySettings InProcessRelay,
    MediaSettings Media,
    IPEndPoint? Management,
    LimitSettings Limits,
    LogLevel LogLevel)
{
    /// <summary>Whether an address is one of a trusted server.</summary>
    public bool IsTrusted(IPAddress address) => Trusted.Count > 0 && Trusted.Any(network => network.Contains(LocalAddresses.Plain(address)));
}
