using System.Globalization;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Nodes;

/// <summary>Whether a relay can take new calls.</summary>
internal static class Readiness
{
    private const int PortsOfSession = 4;
    private const int DescriptorsOfSession = 4;

    private static readonly TimeSpan OldAge = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TooLate = TimeSpan.FromMilliseconds(100);

    /// <returns>A sentence for each thing that is in the way; none if it can.</returns>
    public static IReadOnlyList<string> Hindrances(NodeSnapshot node, DateTimeOffset now)
    {
        if (!node.IsUp || node.Counters is not { } counters)
        {
            return [$"the relay is away: {node.Fault ?? "it has not told its counters yet"}"];
        }

        return [.. Of(counters, node, now)];
    }

    private static IEnumerable<string> Of(RelayCounters counters, NodeSnapshot node, DateTimeOffset now)
    {
        if (node.HeardAt is { } heardAt && now - heardAt > OldAge)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"the relay has not told its counters for {(now - heardAt).TotalSeconds:0} s");
        }

        if (counters.Draining || node.Hello?.Draining == true)
        {
            yield return "the relay drains: it takes no new sessions";
        }

        int sessions = counters.SessionsComplete + counters.SessionsIncomplete;
        if (counters.SessionsLimit is { } limit && sessions >= limit)
        {
            yield return $"{sessions} of {limit} sessions are up (--max-sessions)";
        }

        if (counters.PortsLimit - counters.PortsUsed < PortsOfSession)
        {
            yield return $"{counters.PortsUsed} of {counters.PortsLimit} media ports are in use";
        }

        if (node.Host is { DescriptorsLimit: > 0 } host && host.DescriptorsLimit - host.DescriptorsUsed < DescriptorsOfSession)
        {
            yield return $"{host.DescriptorsUsed} of {host.DescriptorsLimit} descriptors are in use";
        }

        if (node.LagSeconds is { } lag && lag >= TooLate.TotalSeconds)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"a worker is late by {lag * 1_000:0} ms; expected below {TooLate.TotalMilliseconds} ms");
        }
    }
}
