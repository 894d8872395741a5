using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Ports;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.NgFront.Descriptions;

/// <summary>On which of our addresses the parties are to meet us (ng protocol, sections 4.1 and 5.3).</summary>
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
        bool isIPv6 = facts.Media.Any(media => media.Address is { AddressFamily: AddressFamily.InterNetworkV6 });
        bool isOtherIPv6 = IsIPv6(options) ?? isIPv6;
        if (!TryFind(book, options.Interfaces.From, isIPv6, out LocalAddress? towardSpeaker)
            || !TryFind(book, options.Interfaces.To, isOtherIPv6, out LocalAddress? towardOther))
        {
            return false;
        }

        LocalAddress ofBody = OfFamily(book, isIPv6);
        if (towardOther is null && options.AddressFamily is not null)
        {
            towardOther = OfFamily(book, isOtherIPv6);
        }

        addresses = new LocalAddresses(towardSpeaker, towardOther, towardSpeaker ?? ofBody, towardOther ?? ofBody);
        error = null;
        return true;
    }

    /// <summary>Of a command with one side: the address toward it that was asked for; null if none was.</summary>
    /// <returns>False when there is no such interface.</returns>
    public static bool TryFindOne(MediaOptions options, in NgSetting setting, out LocalAddress? toward)
    {
        ILocalAddressBook book = setting.Relay.Addresses;
        bool? isIPv6 = IsIPv6(options);
        if (!TryFind(book, options.Interface ?? options.Interfaces.To ?? options.Interfaces.From, isIPv6, out toward))
        {
            return false;
        }

        if (toward is null && isIPv6 is { } family)
        {
            toward = OfFamily(book, family);
        }

        return true;
    }

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

    private static bool? IsIPv6(MediaOptions options) =>
        options.AddressFamily is { } family ? family == SdpAddressFamily.IPv6 : null;

    /// <summary>Of the first interface, if that has an address of the family.</summary>
    private static LocalAddress OfFamily(ILocalAddressBook book, bool isIPv6) =>
        book.Default.IsIPv6 == isIPv6 ? book.Default
        : (book.Default.Label is { } label ? book.FindLabel(label, isIPv6) : null) ?? book.FindNewest(isIPv6) ?? book.Default;

    /// <param name="isIPv6">Of an interface with addresses of both families; null for the first.</param>
    private static bool TryFind(ILocalAddressBook book, string? name, bool? isIPv6, out LocalAddress? address)
    {
        address = name is null ? null : (isIPv6 is { } family ? book.FindLabel(name, family) : null) ?? book.FindLabel(name) ?? name switch
        {
            Internal => book.Internal,
            External => book.External,
            _ => null,
        };
        return name is null || address is not null;
    }
}
