using System.Net;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Tests;

/// <summary>An address book that knows 127.0.0.1 and ::1.</summary>
internal sealed class LoopbackAddresses : ILocalAddressBook
{
    public static LocalAddress IPv4 { get; } = new(IPAddress.Loopback);

    public static LocalAddress IPv6 { get; } = new(IPAddress.IPv6Loopback);

    public bool IsBridging => false;

    public LocalAddress Default => IPv4;

    public LocalAddress Internal => IPv4;

    public LocalAddress External => IPv4;

    public LocalAddress? FindLabel(string label) => null;

    public LocalAddress Find(IPAddress address) => new(address);

    public void Remember(LocalAddress address)
    {
    }

    public LocalAddress? FindRouteTo(IPAddress remote) => IPAddress.IsLoopback(remote) ? Find(remote) : null;

    public LocalAddress? FindNewest(bool ipv6) => ipv6 ? IPv6 : IPv4;
}
