using System.Net;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>The relay that is started when none is configured.</summary>
internal sealed record InProcessRelaySettings(IPAddress Address, int MinPort, int MaxPort);
