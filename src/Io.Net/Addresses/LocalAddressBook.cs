using System.Collections.Immutable;
using System.Net;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// The daemon's own addresses: those of the command line, and after them those that controllers named with <c>l</c> and
/// <c>r</c> and that could be bound (control protocol, section 3.4).
/// </summary>
/// <remarks>Thread-safe: readers see an immutable list, writers replace it under a lock.</remarks>
public sealed class LocalAddressBook : ILocalAddressBook
{
    /// <summary>
    /// Addresses remembered beyond those of the command line. Any address can be named, so there is a bound; above it an
    /// address still works, it is only not remembered as the newest.
    /// </summary>
    public const int MaxRunTimeEntries = 64;

    private readonly BindAddresses _configured;
    private readonly Lock _lock = new();
    private ImmutableArray<LocalAddress> _entries;

    public LocalAddressBook(BindAddresses configured)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured = configured;
        _entries = configured.Entries;
    }

    public bool IsBridging => _configured.IsBridging;

    public LocalAddress Default => _configured.Default;

    public LocalAddress Internal => _configured.Internal ?? Default;

    public LocalAddress External => _configured.External ?? Default;

    private ImmutableArray<LocalAddress> Entries
    {
        get
        {
            lock (_lock)
            {
                return _entries;
            }
        }
    }

    public LocalAddress? FindLabel(string label) => _configured.Entries.FirstOrDefault(entry => entry.Label == label);

    public LocalAddress? FindLabel(string label, bool ipv6) =>
        _configured.Entries.FirstOrDefault(entry => entry.Label == label && entry.IsIPv6 == ipv6);

    public LocalAddress Find(IPAddress address) => FindIn(Entries, address) ?? new LocalAddress(address);

    public void Remember(LocalAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_lock)
        {
            if (_entries.Length - _configured.Entries.Length < MaxRunTimeEntries
                && FindIn(_entries, address.Address) is null)
            {
                _entries = _entries.Add(address);
            }
        }
    }

    public LocalAddress? FindRouteTo(IPAddress remote) =>
        RouteLookup.LocalAddressToward(remote) is { } local ? Find(local) : null;

    public LocalAddress? FindNewest(bool ipv6)
    {
        ImmutableArray<LocalAddress> entries = Entries;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].IsIPv6 == ipv6)
            {
                return entries[i];
            }
        }

        return null;
    }

    private static LocalAddress? FindIn(ImmutableArray<LocalAddress> entries, IPAddress address)
    {
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].Address.Equals(address))
            {
                return entries[i];
            }
        }

        return null;
    }
}
