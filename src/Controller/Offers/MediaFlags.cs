using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// The flags of <c>rtpproxy_offer</c>, <c>rtpproxy_answer</c>, <c>rtpproxy_manage</c> and <c>rtpproxy_destroy</c>, as
/// values. <see cref="TryParse"/> reads the module's own notation (<c>"rwie"</c>), <see cref="ToString"/> writes it.
/// </summary>
public sealed record MediaFlags
{
    /// <summary>No flag: the SIP source address counts, one network, plain rewriting.</summary>
    public static MediaFlags None { get; } = new();

    /// <summary>
    /// <c>a</c> true, <c>w</c> false, null for the node's default: media does not come from where it is sent to.
    /// </summary>
    public bool? Asymmetric { get; init; }

    /// <summary>
    /// <c>r</c>: the address in SDP is trusted and sent, instead of the source address of the SIP message.
    /// </summary>
    public bool TrustSdpAddress { get; init; }

    /// <summary><c>i</c> or <c>e</c>, given first: the network that the message came from.</summary>
    public Direction? FirstDirection { get; init; }

    /// <summary><c>i</c> or <c>e</c>, given second: the network that it goes to.</summary>
    public Direction? SecondDirection { get; init; }

    /// <summary>
    /// <c>x</c>: directions by address family, IPv4 being internal and IPv6 external. Offers and answers with this and
    /// directions fail.
    /// </summary>
    public bool BridgeFamilies { get; init; }

    /// <summary><c>z</c> and a number: the wanted packet duration, 1 to 999 ms; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public int? PtimeMilliseconds
    {
        get;
        init => field = CheckPtime(value);
    }

    /// <summary><c>l</c>: an offer only looks an existing session up.</summary>
    public bool LookupOnly { get; init; }

    /// <summary><c>f</c>: the mark of another relay on the path is ignored.</summary>
    public bool IgnoreMark { get; init; }

    /// <summary><c>c</c>: the session's <c>c=</c> is rewritten even if every media description has its own.</summary>
    public bool RewriteSessionConnection { get; init; }

    /// <summary><c>o</c>: accepted, and without effect, because <c>o=</c> is always rewritten.</summary>
    public bool RewriteOrigin { get; init; }

    /// <summary><c>1</c>, <c>2</c>, <c>3</c> or <c>b</c>.</summary>
    public CallIdSuffix Suffix { get; init; }

    /// <summary><c>t</c>: destroy without the To tag, so that all branches go.</summary>
    public bool DestroyWithoutToTag { get; init; }

    /// <summary>
    /// Reads the module's notation: one character for each flag, in any order, upper or lower case except <c>b</c>.
    /// </summary>
    /// <param name="text">For example <c>"rwie"</c> or <c>"z20"</c>.</param>
    /// <param name="flags">The flags when true is returned.</param>
    /// <param name="error">Which character is at fault when false is returned.</param>
    public static bool TryParse(string text, out MediaFlags flags, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        return MediaFlagsParser.TryParse(text, out flags, out error);
    }

    /// <exception cref="FormatException">The text is not in the module's notation.</exception>
    public static MediaFlags Parse(string text) =>
        TryParse(text, out MediaFlags flags, out ParseError error) ? flags : throw new FormatException(error.ToString());

    internal static int? CheckPtime(int? value) => value is null or (>= 1 and <= 999)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "expected a packet duration of 1 to 999 ms");

    /// <summary>The flags in the module's notation.</summary>
    public override string ToString() => MediaFlagsParser.Write(this);
}
