namespace RtpProxy.Protocols.Ng.Options;

/// <summary>The IP type of service that a message asks for the call's media (ng protocol, 4.1).</summary>
/// <param name="KeepsPresent">A negative number: as it is now.</param>
/// <param name="Value">0-255; null with <paramref name="KeepsPresent"/>, and for the daemon's default.</param>
public readonly record struct TosOption(bool KeepsPresent, byte? Value);
