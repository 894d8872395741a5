namespace RtpProxy.Sip;

/// <summary>The first line of a message (RFC 3261 sections 7.1 and 7.2), as places in its text.</summary>
/// <param name="Line">The line without its end.</param>
/// <param name="Method">The method as written, case kept; empty in a response.</param>
/// <param name="RequestUri">The Request-URI as written; empty in a response.</param>
/// <param name="Version">The version, <c>SIP/2.0</c> in all that can be served.</param>
/// <param name="StatusCode">100 to 699 in a response, 0 in a request.</param>
/// <param name="Reason">The reason phrase; empty in a request.</param>
public readonly record struct SipStartLine(
    TextSpan Line,
    TextSpan Method,
    TextSpan RequestUri,
    TextSpan Version,
    int StatusCode,
    TextSpan Reason)
{
    public bool IsRequest => StatusCode == 0;
}
