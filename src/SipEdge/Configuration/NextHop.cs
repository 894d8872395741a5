using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>Where a request is sent.</summary>
/// <param name="Host">A name or an address without brackets.</param>
internal sealed record NextHop(SipTransport Transport, string Host, int Port);
