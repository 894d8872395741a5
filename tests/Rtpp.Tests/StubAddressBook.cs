using System.Net;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>
/// An address book over a list of entries, in command-line order; routes only to loopback and link-local.
/// </summary>
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

    /// <summary>The book of a daemon with these <c>-l</c> and <c>-6</c>; only numeric addresses.</summary>
    public static StubAddressBook FromOptions(IReadOnlyList<string> options)
    {
        var entries = new List<LocalAddress>();
        bool isBridge = false;
        for (int i = 0; i + 1 < options.Count; i++)
        {
            if (options[i] is not ("-l" or "-6"))
            {
                continue;
            }

            string[] labelled = options[i + 1].Split('@');
            string[] advertised = labelled[^1].Split('=');
            string[] bridge = advertised[0].Split('/');
            isBridge |= bridge.Length > 1;
            foreach (string address in bridge.Where(text => text.Length > 0))
            {
                entries.Add(new LocalAddress(
                    address == "*" ? IPAddress.Any : IPAddress.Parse(address),
                    advertised.Length > 1 ? advertised[1] : null,
                    labelled.Length > 1 ? labelled[0] : null));
            }
        }

        return (entries.Count, isBridge) switch
        {
            (0, _) => Wildcard,
            (_, true) => new StubAddressBook(entries[0], entries[1]),
            _ => new StubAddressBook([.. entries]),
        };
    }

    public bool IsBridging => _internal is not null;

    public LocalAddress Default => entries[0];

    public LocalAddress Internal => _internal ?? Default;

    public LocalAddress External => _external ?? Default;

    public LocalAddress? FindLabel(string label) => entries.FirstOrDefault(entry => entry.Label == label);

    public LocalAddress Find(IPAddress address) =>
        entries.LastOrDefault(entry => entry.Address.Equals(address)) ?? new LocalAddress(address);

    public void Remember(LocalAddress address)
    {
    }

    public LocalAddress? FindRouteTo(IPAddress remote) => IPAddress.IsLoopback(remote) ? Find(remote) : null;

    public LocalAddress? FindNewest(bool ipv6) => entries.LastOrDefault(entry => entry.IsIPv6 == ipv6);
}
