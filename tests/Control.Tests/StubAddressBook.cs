using System.Net;

namespace RtpProxy.Control.Tests;

/// <summary>An address book over a list of entries, in command-line order; routes only to loopback and link-local.</summary>
public sealed class StubAddressBook(params LocalAddress[] entries) : ILocalAddressBook
{
    private readonly LocalAddress? _internal;
    private readonly LocalAddress? _external;

    private StubAddressBook(LocalAddress internalAddress, LocalAddress externalAddress)
        : this([internalAddress, externalAddress])
    {
        _internal = internalAddress;
        _external = externalAddress;
    }

    public static StubAddressBook Wildcard { get; } = new(new LocalAddress(IPAddress.Any));

    public static StubAddressBook Bridge(string internalAddress, string externalAddress) =>
        new(new LocalAddress(IPAddress.Parse(internalAddress)), new LocalAddress(IPAddress.Parse(externalAddress)));

    public bool IsBridging => _internal is not null;

    public LocalAddress Default => entries[0];

    public LocalAddress Internal => _internal ?? Default;

    public LocalAddress External => _external ?? Default;

    public LocalAddress? FindLabel(string label) => entries.FirstOrDefault(entry => entry.Label == label);

    public LocalAddress Find(IPAddress address) =>
        entries.LastOrDefault(entry => entry.Address.Equals(address)) ?? new LocalAddress(address);

    public LocalAddress? FindRouteTo(IPAddress remote) => IPAddress.IsLoopback(remote) ? Find(remote) : null;

    public LocalAddress? FindNewest(bool ipv6) => entries.LastOrDefault(entry => entry.IsIPv6 == ipv6);
}
