using System.Collections.Immutable;

namespace RtpProxy.Daemon.Configuration;

/// <summary>Values in square brackets.</summary>
internal sealed record UclList(ImmutableArray<UclValue> Items) : UclValue;
