using System.Net;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>An address book to which every modifier is good.</summary>
public sealed class AnyAddressBook : ILocalAddressBook
{
    public bool IsBridging => true;

    public LocalAddress Default { get; } = new(IPAddress.Loopback);

    public LocalAddress Internal => Default;

    public LocalAddress External { get; } = new(IPAddress.IPv6Loopback);

    public LocalAddress? FindLabel(string label) => Default;

    public LocalAddress Find(IPAddress address) => new(address);

    public void Remember(LocalAddress address)
    {
    }

    public LocalAddress? FindRouteTo(IPAddress remote) => Default;

    public LocalAddress? FindNewest(bool ipv6) => ipv6 ? External : Default;
}
