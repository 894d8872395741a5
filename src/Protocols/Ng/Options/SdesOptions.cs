using System.Collections.Immutable;

namespace RtpProxy.Protocols.Ng.Options;

/// <summary>The values of <c>SDES</c> (ng protocol, 9.2). Names of suites are compared exactly.</summary>
/// <param name="IsOff"><c>off</c>, <c>no</c>, <c>disable</c>: no <c>a=crypto</c> of ours in what is offered.</param>
/// <param name="AddsNone"><c>nonew</c>: no suites of ours beside the offerer's.</param>
/// <param name="IsPreferred"><c>prefer</c>: rather than DTLS when a peer offers both.</param>
/// <param name="Pads"><c>pad</c>, flag <c>pad-crypto</c>: keys keep the padding of base64.</param>
/// <param name="WritesLifetime"><c>lifetime</c>: behind each key.</param>
/// <param name="Only"><c>only-SUITE</c>: of our suites no others; empty: all.</param>
/// <param name="Except"><c>no-SUITE</c>: of our suites not these.</param>
public sealed record SdesOptions(
    bool IsOff,
    bool AddsNone,
    bool IsPreferred,
    bool Pads,
    bool WritesLifetime,
    ImmutableArray<string> Only,
    ImmutableArray<string> Except)
{
    /// <summary>No option was given.</summary>
    public static readonly SdesOptions None = new(false, false, false, false, false, [], []);
}
