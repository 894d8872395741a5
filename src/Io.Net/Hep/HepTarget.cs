using System.Net;

namespace RtpProxy.Io.Net.Hep;

/// <summary>A collector of HEP packets, such as Homer.</summary>
/// <param name="Name">For logs, and to tell collectors apart.</param>
/// <param name="Host">As it was given: what its certificate has to be for.</param>
/// <param name="CaptureId">By which it knows us.</param>
public sealed record HepTarget(string Name, HepTransport Transport, string Host, IPEndPoint EndPoint, uint CaptureId)
{
    /// <summary>It gets RTCP alone, as the original's module sends it.</summary>
    public bool IsRtcpOnly { get; init; }
}
