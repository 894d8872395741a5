using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
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
    private readonly Settings _settings;
    private readonly ISystemNames _names;
    private readonly List<string> _warnings;
    private readonly ImmutableArray<LocalAddress>.Builder _entries = ImmutableArray.CreateBuilder<LocalAddress>();
    private readonly List<LocalAddress> _internal = [];
    private readonly List<LocalAddress> _external = [];

    private BindAddressReader(DaemonOptions options, Settings settings, ISystemNames names, List<string> warnings)
    {
        _options = options;
        _settings = settings;
        _names = names;
        _warnings = warnings;
    }

    /// <param name="settings">Where the options come from.</param>
    /// <param name="warnings">What may be meant, and hardly is, is added to them: sentences.</param>
    /// <returns>What is wrong; null if nothing is, and then there are <paramref name="addresses"/>.</returns>
    public static StartFault? Read(
        DaemonOptions options, Settings settings, ISystemNames names, List<string> warnings, out BindAddresses? addresses) =>
        new BindAddressReader(options, settings, names, warnings).ReadAll(out addresses);

    private StartFault? ReadAll(out BindAddresses? addresses)
    {
        addresses = null;
        ImmutableArray<ListenArgument> arguments =
            _options.Listen.IsEmpty ? [new(IsIPv6: false, AnyAddress)] : _options.Listen;
        ListenParts[] parts = [.. arguments.Select(ListenParts.Of)];
        if (parts.Length > MaxArguments)
        {
            return Refuse(parts[MaxArguments], new($"at most {MaxArguments} addresses", "so many are given before it"));
        }

        ListenParts? firstIPv4 = parts.FirstOrDefault(part => !part.IsIPv6);
        ListenParts? firstIPv6 = parts.FirstOrDefault(part => part.IsIPv6);
        bool isBridging = firstIPv4?.External is not null || firstIPv6?.External is not null;
        for (int i = 0; i < parts.Length; i++)
        {
            ListenParts part = parts[i];
            bool isFirstOfFamily = ReferenceEquals(part, firstIPv4) || ReferenceEquals(part, firstIPv6);
            ValueFault? fault = isBridging && isFirstOfFamily
                ? AddBridge(part)
                : AddPlain(part, isFirstOfFamily, needsLabel: isBridging || i > 0);
            if (fault is not null)
            {
                return Refuse(part, fault);
            }
        }

        return isBridging ? Bridge(firstIPv4, firstIPv6, out addresses) : Plain(out addresses);
    }

    private ValueFault? AddPlain(ListenParts part, bool isFirstOfFamily, bool needsLabel)
    {
        if (part.External is not null && !isFirstOfFamily)
        {
            return new(
                $"{part.Address} alone, with a label", $"only the first {part.Family} address can have an external half behind a slash");
        }

        if (needsLabel && string.IsNullOrEmpty(part.Label))
        {
            return isFirstOfFamily && part.IsIPv6 != _options.Listen[0].IsIPv6
                ? new(
                    $"a label, by which commands choose the address, as in {Shown(part, $"NAME@{part.Text.TrimStart('@')}")}; "
                    + $"or, to relay between the two families, {Shown(part, $"/{part.Text}")}",
                    "it is not the first address, and has no label")
                : new($"a label, by which commands choose the address, as in {Shown(part, $"NAME@{part.Text.TrimStart('@')}")}", "it is not the first address, and has no label");
        }

        if (part.Label is { } label && (label.Length == 0 || label.Any(letter => letter is <= ' ' or '\x7F')))
        {
            return new("a label without blanks, or no @", label.Length == 0 ? "a label is empty" : "no command can name that label");
        }

        if (part.Label is not null && _entries.Any(entry => entry.Label == part.Label && entry.IsIPv6 == part.IsIPv6))
        {
            return new($"a label of its own for each {part.Family} address", $"the label '{part.Label}' is given before it");
        }

        return Resolve(part.Address, part, out LocalAddress? address) ?? Add(address!);
    }

    private ValueFault? AddBridge(ListenParts part)
    {
        if (part.Label is not null)
        {
            return new("no label, as commands choose by direction", "it is an address of the bridge");
        }

        if (part.Advertised is not null)
        {
            return new("-A INTERNAL/EXTERNAL for what is advertised", "it is an address of the bridge");
        }

        if (part.External is { Length: 1 or 2 or 3 } length && length.All(char.IsAsciiDigit))
        {
            return new($"{part.Address} alone, or INTERNAL/EXTERNAL", $"{length} is the length of a network, and no address");
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

    private ValueFault? Resolve(string host, ListenParts part, out LocalAddress? address)
    {
        address = null;
        if (part.MeantOfRtpengine is { } meant)
        {
            return new(Shown(part, meant), "that is how rtpengine writes it");
        }

        IPAddress? resolved = host == AnyAddress
            ? part.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any
            : null;
        string reason = "";
        resolved ??= _names.Resolve(host, part.IsIPv6, _options.NoResolve, out reason);
        if (resolved is null)
        {
            return new(
                $"an {part.Family} address of this host, a name of one, or *",
                host.Length == 0 ? "no address is named" : $"for '{host}' the answer is: {reason}");
        }

        if (IsForMany(resolved))
        {
            return new($"an {part.Family} address of this host, a name of one, or *", $"{resolved} is an address of many hosts");
        }

        if (part.Advertised is { } advertised)
        {
            if (AdvertisedText.Check(advertised) is { } fault)
            {
                return fault;
            }

            WarnOfAdvertised(SettingOf(part), advertised, resolved);
        }

        if (!_names.IsOfThisHost(resolved))
        {
            _warnings.Add(
                $"{SettingOf(part).Shown}, and {resolved} is no address of this host now: no call has media there until it is one");
        }

        address = new LocalAddress(resolved, part.Advertised, part.Label);
        return null;
    }

    /// <summary>Multicast and broadcast: nobody is reached there who could answer, and nothing is sent from there.</summary>
    public static bool IsForMany(IPAddress address) =>
        address.IsIPv6Multicast || address.Equals(IPAddress.Broadcast)
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240);

    // A name may be meant for whatever reads the reply; an address is of a family, and somewhere.
    private void WarnOfAdvertised(Setting setting, string text, IPAddress local)
    {
        if (!IPAddress.TryParse(text, out IPAddress? shown))
        {
            if (Uri.CheckHostName(text) != UriHostNameType.Dns || text.All(c => char.IsAsciiDigit(c) || c == '.'))
            {
                _warnings.Add(setting.Refuse(new("an address, or the name of a host", $"'{text}' is neither")));
            }
        }
        else if (shown.AddressFamily != local.AddressFamily)
        {
            _warnings.Add(setting.Refuse(new("an advertised address of the same family", $"{text} is none that stands for {local}")));
        }
        else if (new LocalAddress(shown).IsWildcard)
        {
            _warnings.Add(setting.Refuse(new("an address that parties can send to", $"{text} in SDP puts a call on hold")));
        }
    }

    private ValueFault? Add(LocalAddress address)
    {
        _entries.Add(address);
        return null;
    }

    private StartFault? Bridge(ListenParts? firstIPv4, ListenParts? firstIPv6, out BindAddresses? addresses)
    {
        addresses = null;
        if (firstIPv4 is not null && firstIPv6 is not null && (_external.Count > 1 || _internal.Count > 1))
        {
            string half = _external.Count > 1 ? "external" : "internal";
            return Refuse(firstIPv6, new(
                "one internal and one external address in all, of either family", $"{SettingOf(firstIPv4).Shown}, which has an {half} address too"));
        }

        if ((_internal.Count, _external.Count) is not (1, 1))
        {
            return Refuse((firstIPv4 ?? firstIPv6)!, new("INTERNAL/EXTERNAL", "an internal address is missing"));
        }

        AdvertisedTexts? advertised = _options.Advertised;
        if (advertised is { Second: null })
        {
            return _settings.Refuse("advertise", new("A1/A2, a text for each", "there is an internal and an external address"));
        }

        if (_internal[0].Address.Equals(_external[0].Address))
        {
            _warnings.Add(SettingOf((firstIPv4 ?? firstIPv6)!).Refuse(
                new("an address of each of two networks", "both are the same: nothing is bridged")));
        }

        if (advertised is { } given)
        {
            WarnOfAdvertised(_settings.Of("advertise"), given.First, _internal[0].Address);
            WarnOfAdvertised(_settings.Of("advertise"), given.Second!, _external[0].Address);
        }

        LocalAddress inside = _internal[0] with { Advertised = advertised?.First };
        LocalAddress outside = _external[0] with { Advertised = advertised?.Second };
        addresses = new BindAddresses { Entries = [inside, outside, .. _entries], Internal = inside, External = outside };
        return null;
    }

    // The manual page's use of -A: the one address of a machine behind a NAT. A text of its own (=advertised) wins.
    private StartFault? Plain(out BindAddresses? addresses)
    {
        LocalAddress first = _entries[0];
        if (_options.Advertised is { } given)
        {
            WarnOfAdvertised(_settings.Of("advertise"), given.First, first.Address);
            if (given.Second is not null)
            {
                _warnings.Add(_settings.Of("advertise").Refuse(new("one text, or -l INTERNAL/EXTERNAL as well", "the second is for bridging, and there is none")));
            }
        }

        _entries[0] = first with { Advertised = first.Advertised ?? _options.Advertised?.First };
        addresses = new BindAddresses { Entries = _entries.ToImmutable() };
        return null;
    }

    private StartFault Refuse(ListenParts part, ValueFault fault) => StartFault.Of(SettingOf(part).Refuse(fault));

    private Setting SettingOf(ListenParts part)
    {
        Option option = OptionTable.Find(part.IsIPv6 ? "listen6" : "listen")!;
        return _settings.Find(option.Name, argument => argument == part.Text) ?? new Setting(option, part.Text, option.Shown);
    }

    private static string Shown(ListenParts part, string text) => $"{(part.IsIPv6 ? "-6" : "-l")} {text}";
}
