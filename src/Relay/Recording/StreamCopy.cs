using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Recording;

/// <summary>Where every datagram of one stream is sent a second time (media rules, section 7.6).</summary>
/// <param name="From">Our port for it, on which nothing is read.</param>
internal sealed record StreamCopy(PortId From, Endpoint To)
{
    /// <summary>The kernel refused a copy, and that was told.</summary>
    public bool IsRefusalTold { get; set; }
}
