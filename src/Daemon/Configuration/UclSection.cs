using System.Collections.Immutable;

namespace RtpProxy.Daemon.Configuration;

/// <summary>Keys and values in braces, in the order of the file; a key may occur more than once.</summary>
internal sealed record UclSection(ImmutableArray<KeyValuePair<string, UclValue>> Members) : UclValue;
