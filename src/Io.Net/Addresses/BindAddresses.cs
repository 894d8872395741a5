using System.Collections.Immutable;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// The daemon's own addresses as <c>-l</c>, <c>-6</c> and <c>-A</c> gave them, checked and resolved
/// (control protocol, section 10.3). Immutable.
/// </summary>
public sealed record BindAddresses
{
    /// <summary>
    /// All addresses, bridging ones included, in the order of the command line; at least one. The most recently added
    /// address of a family is the last one of that family.
    /// </summary>
    public required ImmutableArray<LocalAddress> Entries { get; init; }

    /// <summary>The first bridging address; null without bridging.</summary>
    public LocalAddress? Internal { get; init; }

    /// <summary>The second bridging address; null exactly when <see cref="Internal"/> is.</summary>
    public LocalAddress? External { get; init; }

    public bool IsBridging => Internal is not null;

    /// <summary>The address of both legs of a session that asks for nothing else.</summary>
    public LocalAddress Default => Internal ?? Entries[0];
}
