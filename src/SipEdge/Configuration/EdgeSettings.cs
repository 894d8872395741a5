using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Relays;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>What the proxy shall do: checked, immutable, replaced whole at a reload.</summary>
/// <param name="NextHop">Where calls go that are for nobody registered; null for nowhere.</param>
/// <param name="Registrar">Null when phones cannot register.</param>
/// <param name="RelaySets">Nodes that anchor media; empty to start one in this process.</param>
/// <param name="Management">Where the management interface listens; null when it is off.</param>
internal sealed record EdgeSettings(
    IReadOnlyList<ListenSettings> Listen,
    NextHop? NextHop,
    RegistrarSettings? Registrar,
    IReadOnlyList<RelaySetDefinition> RelaySets,
    RelaySetsOptions RelayOptions,
    InProcessRelaySettings InProcessRelay,
    MediaSettings Media,
    IPEndPoint? Management,
    LimitSettings Limits,
    LogLevel LogLevel);
