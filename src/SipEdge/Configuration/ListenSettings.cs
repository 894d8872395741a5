using System.Net;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>One listening address.</summary>
/// <param name="AdvertisedHost">What Via and Record-Route show; null for the bound address.</param>
/// <param name="AdvertisedPort">The port beside it; null for the bound port.</param>
internal sealed record ListenSettings(SipTransport Transport, IPEndPoint Local, string? AdvertisedHost, int? AdvertisedPort);
