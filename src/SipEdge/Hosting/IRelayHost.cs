using Microsoft.Extensions.Logging;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>Starts a relay inside this process, for a proxy that is given none.</summary>
internal interface IRelayHost
{
    /// <summary>Starts the relay; it serves until the result is disposed.</summary>
    /// <exception cref="ConfigurationException">It cannot start; the message names the key that would help.</exception>
    Task<IRunningRelay> StartAsync(EdgeSettings settings, ILogger logger, CancellationToken cancellation);
}
