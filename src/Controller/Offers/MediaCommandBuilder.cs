using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>Builds <c>U</c> and <c>L</c> for the media descriptions of one message.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class MediaCommandBuilder
{
    /// <summary>What is asked for.</summary>
    public required ExchangeRequest Request { get; init; }

    /// <summary><c>L</c> instead of <c>U</c>.</summary>
    public required bool IsLookup { get; init; }

    /// <summary>Family of the first media description, which decides the directions of flag x.</summary>
    public required SdpAddressFamily FirstFamily { get; init; }

    /// <summary>Where the node reports a timeout, and what; null for nowhere.</summary>
    public required NotifyTarget? Notify { get; init; }

    private MediaFlags Flags => Request.Terms.Flags;

    private IPAddress? Source => Request.Terms.Source;

    public static SdpAddressFamily FamilyOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? SdpAddressFamily.IPv6 : SdpAddressFamily.IPv4;

    public Command Build(MediaLine line, RelayCapabilities capabilities)
    {
        var remote = new RemoteMedia(AddressOf(line) ?? Source!.ToString(), line.Media.FirstPortText);
        string first = Numbered(Request.Tags.First, line.Number);
        string? second = Request.Tags.Second is { } tag ? Numbered(tag, line.Number) : null;
        LegModifiers modifiers = Modifiers(line, capabilities);
        Command command = IsLookup
            ? new LookupCommand(Request.Call.Key, remote, first, second, modifiers)
            : new UpdateCommand(Request.Call.Key, remote, first, second, modifiers, Notify);
        return DigitsOf(line) is { } digits ? command with { SubCommands = [digits] } : command;
    }

    private DigitSubCommand? DigitsOf(MediaLine line) =>
        Request.Terms.Digits is { } wish && (wish.PayloadType ?? line.TelephoneEventType()) is { } type
            ? new DigitSubCommand(new DigitRequest(Encoding.UTF8.GetBytes(wish.Tag), type, wish.Hide))
            : null;

    private string? AddressOf(MediaLine line) => Flags.TrustSdpAddress ? line.AddressText : null;

    private LegModifiers Modifiers(MediaLine line, RelayCapabilities capabilities)
    {
        // The family is the description's, also when the source address stands in its place; a host name has none.
        bool isName = Flags.TrustSdpAddress && line.AddressText is null;
        SdpAddressFamily family = isName ? FamilyOf(Source!) : line.Connection.Family;
        (Direction? from, Direction? to) = Directions();
        return new LegModifiers(
            Asymmetric: Flags.Asymmetric,
            IsIPv6: family == SdpAddressFamily.IPv6,
            FirstDirection: from,
            SecondDirection: to,
            PtimeMilliseconds: capabilities.HasFlag(RelayCapabilities.Repacketization) ? Flags.PtimeMilliseconds : null,
            Codecs: capabilities.HasFlag(RelayCapabilities.CodecLists) ? line.CodecList() : null);
    }

    private (Direction? From, Direction? To) Directions()
    {
        if (!Flags.BridgeFamilies)
        {
            return (Flags.FirstDirection, Flags.SecondDirection);
        }

        return FirstFamily == SdpAddressFamily.IPv6
            ? (Direction.External, Direction.Internal)
            : (Direction.Internal, Direction.External);
    }

    internal static string Numbered(string tag, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{tag};{number}");

    internal static NotifyTarget NotifyTargetFor(string socket, string tag) => new(socket, Encoding.UTF8.GetBytes(tag));
}
