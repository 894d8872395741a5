using System.Net;

namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>What one client has sent (ng protocol, 7.5).</summary>
/// <param name="Address">Null for those that are in the totals only.</param>
/// <param name="Counts">By <see cref="NgCommand"/>, <see cref="NgCommandNames.Count"/> of them.</param>
/// <param name="Errors">Requests that got an error.</param>
public sealed record ProxyFigures(IPAddress? Address, IReadOnlyList<long> Counts, long Errors);
