namespace RtpProxy.Sip.Sdp;

/// <summary><c>a=name</c> or <c>a=name:value</c> (RFC 8866 section 5.13), as places in the text.</summary>
/// <param name="Line">The whole line without its end.</param>
/// <param name="Name">The name; attribute names are case-sensitive.</param>
/// <param name="Value">What follows the colon, without surrounding blanks; null when there is no colon.</param>
public sealed record SdpAttribute(TextSpan Line, TextSpan Name, TextSpan? Value)
{
    public bool Is(string text, string name) => Name.In(text).SequenceEqual(name);
}
