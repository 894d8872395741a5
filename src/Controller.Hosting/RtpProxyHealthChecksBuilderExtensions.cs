using Microsoft.Extensions.Diagnostics.HealthChecks;
using RtpProxy.Controller.Hosting;
using RtpProxy.Controller.Relays;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health of the relays.</summary>
public static class RtpProxyHealthChecksBuilderExtensions
{
    /// <summary>
    /// Healthy: every relay gets calls. Degraded: some do not, or have not answered yet. <paramref name="failureStatus"/>: a set of relays has
    /// none that does.
    /// </summary>
    /// <param name="builder">Of <c>AddHealthChecks</c>.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">Null for unhealthy.</param>
    /// <param name="tags">Null for none.</param>
    public static IHealthChecksBuilder AddRtpProxyController(
        this IHealthChecksBuilder builder,
        string name = "rtpproxy",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name,
            provider => new RelayHealthCheck(provider.GetRequiredService<RelaySets>(), provider.GetRequiredService<TimeProvider>()),
            failureStatus,
            tags));
    }
}
