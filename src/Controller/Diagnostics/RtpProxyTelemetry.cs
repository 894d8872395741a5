namespace RtpProxy.Controller.Diagnostics;

/// <summary>By which names traces and metrics of this library are asked for.</summary>
public static class RtpProxyTelemetry
{
    /// <summary>
    /// Of the <see cref="System.Diagnostics.ActivitySource"/>: a span for each command, of the kind client, named
    /// <c>rtpproxy update</c>, <c>rtpproxy lookup</c>, <c>rtpproxy delete</c> and so on. Tags: <c>rtpproxy.command</c>,
    /// <c>rtpproxy.call_id</c>, <c>rtpproxy.relay</c> (the address as configured), <c>server.address</c>, <c>server.port</c>,
    /// <c>network.transport</c>, and <c>error.type</c> (<c>E71</c>, or the name of a <see cref="RelayFailure"/>) when it did not succeed.
    /// </summary>
    public const string ActivitySourceName = "RtpProxy.Controller";

    /// <summary>
    /// Of the <see cref="System.Diagnostics.Metrics.Meter"/>: the histogram <c>rtpproxy.client.command.duration</c> (s, by command, relay
    /// and <c>error.type</c>) and, of <see cref="Relays.RelaySets"/>, the gauge <c>rtpproxy.client.relay.up</c> (1 or 0, by set and relay).
    /// </summary>
    public const string MeterName = "RtpProxy.Controller";
}
