using System.Net;

namespace RtpProxy.SipEdge.Configuration;

/// <summary>The relay that is started when none is configured.</summary>
/// <param name="MinPort">First port that it may use.</param>
/// <param name="MaxPort">Last port that it may use.</param>
internal sealed record InProcessRelaySettings(IPAddress Address, int MinPort, int MaxPort)
{
    /// <summary>First port for RTP: even, RTCP has the next one.</summary>
    public int FirstRtpPort => MinPort + (MinPort & 1);

    /// <summary>Last port for RTP; below <see cref="FirstRtpPort"/> when no pair fits.</summary>
    public int LastRtpPort => (MaxPort & 1) == 1 ? MaxPort - 1 : MaxPort - 2;
}
