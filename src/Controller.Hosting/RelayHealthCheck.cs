using Microsoft.Extensions.Diagnostics.HealthChecks;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>
/// Healthy as long as every relay gets calls, degraded when some do not, and failed when a set has none left: its calls cannot be relayed.
/// </summary>
internal sealed class RelayHealthCheck(RelaySets sets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<RelayNodeStatus> nodes = sets.List();
        var data = nodes.ToDictionary(node => $"{node.SetId} {node.Index} {node.Url}", node => (object)(node.IsDisabled ? "down" : "up"));
        int[] lost = [.. nodes.GroupBy(node => node.SetId).Where(set => set.All(node => node.IsDisabled)).Select(set => set.Key)];
        string[] down = [.. nodes.Where(node => node.IsDisabled).Select(node => node.Url)];
        HealthCheckResult result = (lost, down) switch
        {
            ({ Length: > 0 }, _) => new(context.Registration.FailureStatus, $"no relay of set {string.Join(", ", lost)} is up", data: data),
            (_, { Length: > 0 }) => HealthCheckResult.Degraded($"down: {string.Join(", ", down)}", data: data),
            _ => HealthCheckResult.Healthy("all relays are up", data),
        };
        return Task.FromResult(result);
    }
}
