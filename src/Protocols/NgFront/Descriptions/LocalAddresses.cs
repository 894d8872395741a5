using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Ports;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>On which of our addresses the parties are to meet us (ng protocol).</summary>
/// <param name="TowardSpeaker">What was asked for, for the party that speaks; null leaves what it has.</param>
/// <param name="TowardOther">And for the other.</param>
/// <param name="NewTowardSpeaker">Where it has none yet.</param>
/// <param name="NewTowardOther">And the other.</param>
internal sealed record LocalAddresses(
    LocalAddress? TowardSpeaker, LocalAddress? TowardOther, LocalAddress NewTowardSpeaker, LocalAddress NewTowardOther)
{
    private const string Internal = "internal";
    private const string External = "external";

    public static bool TryFind(
        MediaOptions options,
        SdpFacts facts,
        in NgSetting setting,
        [NotNullWhen(true)] out LocalAddresses? addresses,
        [NotNullWhen(false)] out string? error)
    {
        ILocalAddressBook book = setting.Relay.Addresses;
        addresses = null;
        error = NgErrors.UnknownInterface;
        bool isIPv6 = SpokenMedia.Source(options, setting) is { } source
            ? IsIPv6(source)
            : facts.Media.Any(media => media.Address is { } address && IsIPv6(address));
        bool otherIsIPv6 = WantsIPv6(options) ?? isIPv6;
        if (!TryFind(book, options.Interfaces.From, isIPv6, out LocalAddress? towardSpeaker)
            || !TryFind(book, options.Interfaces.To, otherIsIPv6, out LocalAddress? towardOther))
        {
            return false;
        }

        addresses = new LocalAddresses(
            towardSpeaker, towardOther, towardSpeaker ?? OfFamily(book, isIPv6), towardOther ?? OfFamily(book, otherIsIPv6));
        error = null;
        return true;
    }

    /// <summary>Of a command with one side: the address toward it that was asked for; null if none was.</summary>
    /// <returns>False when there is no such interface.</returns>
    public static bool TryFindOne(MediaOptions options, in NgSetting setting, out LocalAddress? toward)
    {
        ILocalAddressBook book = setting.Relay.Addresses;
        bool? wantsIPv6 = WantsIPv6(options);
        if (!TryFind(book, options.Interface ?? options.Interfaces.To ?? options.Interfaces.From, wantsIPv6, out toward))
        {
            return false;
        }

        toward ??= wantsIPv6 is { } isIPv6 ? OfFamily(book, isIPv6) : null;
        return true;
    }

    /// <summary>Which family the party that is told an address shall be told; null if none was asked for.</summary>
    public static bool? WantsIPv6(MediaOptions options) => options.AddressFamily is { } family ? family == SdpAddressFamily.IPv6 : null;

    /// <summary>What a description shows of an address: what it is called, or itself; of a wildcard, the one that leads to the party.</summary>
    public static IPAddress Shown(LocalAddress address, ILocalAddressBook book, IPAddress? toward)
    {
        if (address.Advertised is { } advertised && IPAddress.TryParse(advertised, out IPAddress? named))
        {
            return named;
        }

        bool isIPv6 = address.IsIPv6;
        return !address.IsWildcard ? address.Address
            : toward is not null && book.FindRouteTo(toward) is { IsWildcard: false } route ? route.Address
            : isIPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
    }

    private static bool IsIPv6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;

    private static LocalAddress OfFamily(ILocalAddressBook book, bool isIPv6) => book.FindDefault(isIPv6) ?? book.Default;

    /// <param name="isIPv6">Which address of an interface that has both; null for the first.</param>
    private static bool TryFind(ILocalAddressBook book, string? name, bool? isIPv6, out LocalAddress? address)
    {
        address = name is null ? null : book.FindLabel(name) ?? name switch
        {
            Internal => book.Internal,
            External => book.External,
            _ => null,
        };
        address = address is not null && isIPv6 is { } family ? book.FindBeside(address, family) ?? address : address;
        return name is null || address is not null;
    }
}
