namespace RtpProxy.Sip;

/// <summary>One header field of a message, as places in its text.</summary>
/// <param name="Kind">Which field it is, whatever form its name has.</param>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value as written, without surrounding blanks; folding inside is kept.</param>
/// <param name="Line">
/// The whole field from its first character to behind its last line end, folded lines included.
/// </param>
public readonly record struct SipHeader(HeaderKind Kind, TextSpan Name, TextSpan Value, TextSpan Line);
