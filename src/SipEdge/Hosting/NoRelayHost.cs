using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>Stands where no relay can be started: says what to configure instead.</summary>
internal sealed class NoRelayHost : IRelayHost
{
    public Task<IRunningRelay> StartAsync(InProcessRelaySettings settings, CancellationToken cancellation) =>
        throw new ConfigurationException(
            "relays", "is missing, and this build holds no relay of its own; expected \"relays\": { \"sockets\": [\"udp:127.0.0.1:22222\"] }");
}
