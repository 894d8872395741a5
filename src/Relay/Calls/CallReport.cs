using System.Collections.Immutable;

namespace RtpProxy.Relay.Calls;

/// <summary>A call and how its media lines fare, at one moment: plain values that may go to any thread (ng protocol).</summary>
/// <param name="Lines">Of all associations.</param>
public sealed record CallReport(string CallId, CallFacts Facts, ImmutableArray<LineReport> Lines)
{
    /// <summary>Calls that a worker remembers after their end; of more the oldest are forgotten (ng protocol).</summary>
    public const int MaxRemembered = 4096;

    /// <summary>The line of a party.</summary>
    public LineReport? LineOf(int association, int index) =>
        Lines.FirstOrDefault(line => line.Place.Association == association && line.Place.Index == index);
}
