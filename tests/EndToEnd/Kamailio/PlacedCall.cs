using System.Net;

namespace RtpProxy.EndToEnd.Kamailio;

/// <summary>A call that is up, as its caller remembers it.</summary>
/// <param name="CallId">Its Call-ID.</param>
/// <param name="Relay">The address that both phones were told.</param>
/// <param name="Route">A header field for requests within it.</param>
public sealed record PlacedCall(string CallId, IPAddress Relay, string Route);
