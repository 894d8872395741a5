namespace RtpProxy.Sip.Sdp;

/// <summary>The address of a <c>c=</c> or <c>o=</c> line, as places in the text.</summary>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Family">From the address type.</param>
/// <param name="FamilyDigit">The <c>4</c> of <c>IP4</c> or the <c>6</c> of <c>IP6</c>.</param>
/// <param name="Address">
/// The word behind the address type, verbatim: an address, with <c>/ttl</c> if multicast, or a host name.
/// </param>
public sealed record SdpAddress(TextSpan Line, SdpAddressFamily Family, TextSpan FamilyDigit, TextSpan Address)
{
    /// <summary>From the family digit to the end of the address: what changes when the family does.</summary>
    public TextSpan FamilyDigitAndAddress => TextSpan.FromBounds(FamilyDigit.Start, Address.End);

    /// <summary>
    /// True for the address that stands for "no media, please" (RFC 3264 section 8.4): 0.0.0.0, or zeros and colons in
    /// IPv6.
    /// </summary>
    public bool IsNull(string text) => Family == SdpAddressFamily.IPv4
        ? Address.In(text) is "0.0.0.0"
        : Address.In(text).IndexOfAnyExcept('0', ':') < 0;
}
