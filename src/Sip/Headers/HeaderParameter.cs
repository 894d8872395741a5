namespace RtpProxy.Sip.Headers;

/// <summary>One parameter, as places in the message's text.</summary>
/// <param name="Name">The name as written.</param>
/// <param name="Value">The value, quotes included; empty behind the name when there is none.</param>
/// <param name="HasEquals">True when an equals sign follows the name.</param>
public readonly record struct HeaderParameter(TextSpan Name, TextSpan Value, bool HasEquals);
