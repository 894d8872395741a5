using System.Collections.Immutable;
using System.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Daemon.Options;

/// <summary>Makes addresses out of <c>-l</c>, <c>-6</c> and <c>-A</c> (control protocol, section 10.3).</summary>
/// <remarks>Lives while one command line is read; not thread-safe.</remarks>
internal sealed class BindAddressReader
{
    private const int MaxArguments = 16; // BINDARG_MAX
    private const string AnyAddress = "*";

    private readonly DaemonOptions _options;
    private readonly ISystemNames _names;
    private readonly ImmutableArray<LocalAddress>.Builder _entries = ImmutableArray.CreateBuilder<LocalAddress>();
    private readonly List<LocalAddress> _internal = [];
    private readonly List<LocalAddress> _external = [];

    private BindAddressReader(DaemonOptions options, ISystemNames names)
    {
        _options = options;
        _names = names;
    }

    /// <returns>What is wrong; null if nothing is, and then there are <paramref name="addresses"/>.</returns>
    public static StartFault? Read(DaemonOptions options, ISystemNames names, out BindAddresses? addresses)
    {
        BindAddressReader reader = new(options, names);
        addresses = null;
        return reader.ReadAll(out addresses) is { } text
            ? new($"init_bindaddrs: {text}", "init_config_bail: init_bindaddrs() failed")
            : null;
    }

    private string? ReadAll(out BindAddresses? addresses)
    {
        addresses = null;
        ImmutableArray<ListenArgument> arguments =
            _options.Listen.IsEmpty ? [new(IsIPv6: false, AnyAddress)] : _options.Listen;
        if (arguments.Length > MaxArguments)
        {
            return "number of listening addresses exceeds BINDARG_MAX";
        }

        ListenParts[] parts = [.. arguments.Select(ListenParts.Of)];
        ListenParts? firstIPv4 = parts.FirstOrDefault(part => !part.IsIPv6);
        ListenParts? firstIPv6 = parts.FirstOrDefault(part => part.IsIPv6);
        bool isBridging = firstIPv4?.External is not null || firstIPv6?.External is not null;
        for (int i = 0; i < parts.Length; i++)
        {
            ListenParts part = parts[i];
            bool isFirstOfFamily = ReferenceEquals(part, firstIPv4) || ReferenceEquals(part, firstIPv6);
            string? fault = isBridging && isFirstOfFamily
                ? AddBridge(part)
                : AddPlain(part, isFirstOfFamily, needsLabel: isBridging || i > 0);
            if (fault is not null)
            {
                return fault;
            }
        }

        return isBridging ? Bridge(out addresses) : Plain(out addresses);
    }

    private string? AddPlain(ListenParts part, bool isFirstOfFamily, bool needsLabel)
    {
        if (part.External is not null && !isFirstOfFamily)
        {
            return $"only the first {part.Family} listening address can have external part";
        }

        if (needsLabel && string.IsNullOrEmpty(part.Label))
        {
            return "address label is missing";
        }

        if (part.Label is not null && _entries.Any(entry => entry.Label == part.Label))
        {
            return $"host2bindaddr({part.Address}): duplicate label";
        }

        return Resolve(part.Address, part, out LocalAddress? address) ?? Add(address!);
    }

    private string? AddBridge(ListenParts part)
    {
        if (part.Label is not null)
        {
            return "bridging address(es) cannot have a label";
        }

        if (part.Advertised is not null)
        {
            return "bridging address(es) cannot have an advertizedaddress, use matching -A argument";
        }

        // "/address" has an external half only. An empty internal half of anything else is a fault like any empty host.
        if (part.Address.Length > 0 || part.External is null)
        {
            if (Resolve(part.Address, part, out LocalAddress? address) is { } fault)
            {
                return fault;
            }

            _internal.Add(address!);
        }

        if (part.External is not null)
        {
            if (Resolve(part.External, part, out LocalAddress? address) is { } fault)
            {
                return fault;
            }

            _external.Add(address!);
        }

        return null;
    }

    private string? Resolve(string host, ListenParts part, out LocalAddress? address)
    {
        address = null;
        IPAddress? resolved = host == AnyAddress
            ? part.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any
            : null;
        string reason = "";
        resolved ??= _names.Resolve(host, part.IsIPv6, _options.NoResolve, out reason);
        if (resolved is null)
        {
            return $"host2bindaddr({host}): {reason}";
        }

        address = new LocalAddress(resolved, part.Advertised, part.Label);
        return null;
    }

    private string? Add(LocalAddress address)
    {
        _entries.Add(address);
        return null;
    }

    private string? Bridge(out BindAddresses? addresses)
    {
        addresses = null;
        switch (_internal.Count, _external.Count)
        {
            case (_, > 1):
                return BothFamilies("external");
            case ( > 1, _):
                return BothFamilies("internal");
            case not (1, 1):
                return "incomplete configuration of the bridging mode - exactly 2 listen addresses required";
        }

        AdvertisedTexts? advertised = _options.Advertised;
        if (advertised is { Second: null })
        {
            return "two advertised addresses are required for internal and external interfaces in bridging mode";
        }

        LocalAddress inside = _internal[0] with { Advertised = advertised?.First };
        LocalAddress outside = _external[0] with { Advertised = advertised?.Second };
        addresses = new BindAddresses { Entries = [inside, outside, .. _entries], Internal = inside, External = outside };
        return null;
    }

    // The manual page's use of -A: the one address of a machine behind a NAT. A text of its own (=advertised) wins.
    private string? Plain(out BindAddresses? addresses)
    {
        LocalAddress first = _entries[0];
        _entries[0] = first with { Advertised = first.Advertised ?? _options.Advertised?.First };
        addresses = new BindAddresses { Entries = _entries.ToImmutable() };
        return null;
    }

    private static string BothFamilies(string which) =>
        $"either IPv4 or IPv6 should be configured for {which} interface in bridging mode, not both";
}
