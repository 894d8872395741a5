namespace RtpProxy.Daemon.Options;

/// <summary>The argument of <c>-A</c>: texts that replies show instead of the addresses, any text but an empty one.</summary>
/// <param name="First">For the default or the internal address.</param>
/// <param name="Second">For the external address in bridging mode; null if not given.</param>
internal sealed record AdvertisedTexts(string First, string? Second);
