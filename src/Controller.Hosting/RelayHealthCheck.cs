using Microsoft.Extensions.Diagnostics.HealthChecks;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>
/// Healthy as long as every relay gets calls, degraded when some do not, and failed when a set has none left: its calls cannot be relayed. A
/// relay that has never answered is not up.
/// </summary>
internal sealed class RelayHealthCheck(RelaySets sets, TimeProvider time) : IHealthCheck
{
    // One that is there answers at once, and whoever asks for health has little patience.
    private static readonly TimeSpan ProbePatience = TimeSpan.FromMilliseconds(200);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (sets.List().Any(node => node.IsUnprobed))
        {
            await ProbeAsync(cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<RelayNodeStatus> nodes = sets.List();
        var data = nodes.ToDictionary(node => $"{node.SetId} {node.Index} {node.Url}", node => (object)(IsUp(node) ? "up" : $"down: {node.Problem}"));
        int[] lost = [.. nodes.GroupBy(node => node.SetId).Where(set => !set.Any(IsUp)).Select(set => set.Key)];
        string[] down = [.. nodes.Where(node => !IsUp(node)).Select(node => node.Url)];
        return (lost, down) switch
        {
            ({ Length: > 0 }, _) => new(context.Registration.FailureStatus, $"no relay of set {string.Join(", ", lost)} is up", data: data),
            (_, { Length: > 0 }) => HealthCheckResult.Degraded($"down: {string.Join(", ", down)}", data: data),
            _ => HealthCheckResult.Healthy("all relays are up", data),
        };
    }

    private static bool IsUp(RelayNodeStatus node) => !node.IsDisabled && !node.IsUnprobed;

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sets.ProbeDueAsync(cancellationToken).WaitAsync(ProbePatience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on, and the next who asks knows more.
        }
    }
}
