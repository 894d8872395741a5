using System.Globalization;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Controller;

/// <summary>
/// What the sender of an offer that could not be relayed may be told, so that it knows whether trying again, or otherwise,
/// is of use (RFC 3261 sections 20.43, 21.4.26 and 21.5.4).
/// </summary>
/// <param name="Status">
/// 400: the message cannot be read. 488: it can, and asks for what the relay cannot do. 500: we are set up wrongly. 503: not
/// now.
/// </param>
/// <param name="Phrase">The reason phrase that goes with it.</param>
/// <param name="WarningCode">The code of a Warning header field; null for none.</param>
/// <param name="WarningText">Its text, without quotation marks; empty for none.</param>
public sealed record MediaRefusal(int Status, string Phrase, int? WarningCode = null, string WarningText = "")
{
    private const int IncompatibleAddressFormat = 301;
    private const int MulticastNotAvailable = 330;
    private const int Miscellaneous = 399;

    /// <summary>The same request may be accepted later: a Retry-After belongs to the answer.</summary>
    public bool MayBeRetried => Status == 503;

    /// <summary>The whole Warning header field with its name; null for none.</summary>
    /// <param name="agent">Who warns: a host, with a port if need be.</param>
    public string? WarningField(string agent) => WarningCode is { } code
        ? string.Create(CultureInfo.InvariantCulture, $"Warning: {code} {agent} \"{WarningText}\"")
        : null;

    /// <summary>No node is there, or none has room.</summary>
    internal static MediaRefusal NoRelay { get; } = new(503, "No Media Relay Available");

    /// <summary>Flags, options or commands that do not fit each other.</summary>
    internal static MediaRefusal OwnFault { get; } = new(500, "Media Relay Misconfigured");

    /// <summary>A group cannot be joined for a party.</summary>
    internal static MediaRefusal Multicast { get; } = NotAcceptable("the relay joins no multicast groups", MulticastNotAvailable);

    // Reasons hold words of the message and of nodes.
    internal static MediaRefusal Malformed(string why) => new(400, "Bad Session Description", Miscellaneous, PeerText.Quotable(why));

    internal static MediaRefusal NotAcceptable(string why, int warning = Miscellaneous) =>
        new(488, "Not Acceptable Here", warning, PeerText.Quotable(why));

    /// <summary>What an error reply of a node to <c>U</c> or <c>L</c> says of the message.</summary>
    /// <param name="error">The number behind the <c>E</c>; null when the reply is something else.</param>
    /// <param name="medium">Number of the media description.</param>
    /// <param name="isMulticast">Some address of the message is a group's.</param>
    internal static MediaRefusal ForError(int? error, int medium, bool isMulticast) => (ErrorCode?)error switch
    {
        ErrorCode.AddressFamily => NotAcceptable(
            $"the relay has no address of the family that medium {medium} asks for", IncompatibleAddressFormat),
        ErrorCode.RemoteAddress when isMulticast => Multicast,
        ErrorCode.RemoteAddress or ErrorCode.Copy => NotAcceptable($"medium {medium} has an address or a port that the relay cannot use"),
        ErrorCode.LegPorts or ErrorCode.SessionPorts or ErrorCode.Overload or ErrorCode.Shutdown => NoRelay,
        _ => OwnFault,
    };
}
