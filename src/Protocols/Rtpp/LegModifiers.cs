namespace RtpProxy.Protocols.Rtpp;

/// <summary>The modifiers of one <c>U</c> or <c>L</c> (control protocol, section 3.4).</summary>
/// <param name="Asymmetric">True after <c>a</c>, false after <c>s</c>, null when neither was given: the daemon's default.</param>
/// <param name="Weak"><c>w</c>.</param>
/// <param name="IsIPv6"><c>6</c>: the remote address is IPv6.</param>
/// <param name="FirstDirection">The first direction letter, if any.</param>
/// <param name="SecondDirection">The second direction letter, if any.</param>
/// <param name="NewPort"><c>n</c>.</param>
/// <param name="PtimeMilliseconds"><c>z</c>: 1..999, null when absent.</param>
/// <param name="Codecs"><c>c</c>: the payload-type list, verbatim; null when absent.</param>
/// <param name="Local">The last <c>l</c> or <c>r</c>, as written; null when absent.</param>
public sealed record LegModifiers(
    bool? Asymmetric = null,
    bool Weak = false,
    bool IsIPv6 = false,
    Direction? FirstDirection = null,
    Direction? SecondDirection = null,
    bool NewPort = false,
    int? PtimeMilliseconds = null,
    string? Codecs = null,
    LocalSelector? Local = null)
{
    public static LegModifiers None { get; } = new();
}
