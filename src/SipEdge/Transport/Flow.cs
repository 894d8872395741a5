using System.Net;

namespace RtpProxy.SipEdge.Transport;

/// <summary>Where a message came from, or goes to.</summary>
/// <param name="Point">Our end.</param>
/// <param name="Remote">The other end; for a reply over TCP where to connect when <paramref name="Connection"/> is gone.</param>
/// <param name="Connection">The connection it came over; null over UDP.</param>
internal sealed record Flow(ListenPoint Point, IPEndPoint Remote, TcpConnection? Connection = null)
{
    /// <summary>The same way to another address of the other end.</summary>
    public Flow To(IPEndPoint remote) => this with { Remote = remote };
}
