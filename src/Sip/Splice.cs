namespace RtpProxy.Sip;

/// <summary>
/// One change to a text: what stands at <paramref name="Where"/> is replaced by <paramref name="Text"/>.
/// </summary>
/// <param name="Where">A place in the original text; empty to insert.</param>
/// <param name="Text">The new text; empty to remove.</param>
public readonly record struct Splice(TextSpan Where, string Text);
