using System.Net;
using RtpProxy.Relay.Ports;

namespace RtpProxy.TestKit.Virtual;

/// <summary>The addresses of a virtual daemon: any IPv4 address can be bound, IPv6 where configured.</summary>
public sealed class VirtualAddressBook : ILocalAddressBook
{
    private readonly List<LocalAddress> _entries;

    public VirtualAddressBook(params IEnumerable<LocalAddress> entries)
    {
        _entries = [.. entries];
        if (_entries.Count == 0)
        {
            _entries.Add(new LocalAddress(IPAddress.Any));
        }
    }

    public bool IsBridging { get; init; }

    public LocalAddress Default => _entries[0];

    public LocalAddress Internal => _entries[0];

    public LocalAddress External => IsBridging ? _entries[1] : _entries[0];

    public LocalAddress? FindLabel(string label) => _entries.Find(e => e.Label == label);

    public LocalAddress? FindLabel(string label, bool ipv6) => _entries.Find(e => e.Label == label && e.IsIPv6 == ipv6);

    public LocalAddress Find(IPAddress address) =>
        _entries.FindLast(e => e.Address.Equals(address)) ?? new LocalAddress(address);

    public void Remember(LocalAddress address)
    {
        if (!_entries.Exists(e => e.Address.Equals(address.Address)))
        {
            _entries.Add(address);
        }
    }

    public LocalAddress? FindRouteTo(IPAddress remote) => Find(IPAddress.Loopback);

    public LocalAddress? FindNewest(bool ipv6) => _entries.FindLast(e => e.IsIPv6 == ipv6);
}
