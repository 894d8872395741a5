using System.Net;

namespace RtpProxy.SipEdge.Transport;

/// <summary>Sends messages; what the proxy's rules see of the sockets.</summary>
internal interface ISipSender
{
    IReadOnlyList<ListenPoint> Points { get; }

    /// <summary>
    /// The point to send from: one of the transport and of the remote's family; of several the one whose address the system
    /// would take on the way there, else the preferred one, else the first; null if none fits.
    /// </summary>
    ListenPoint? FindPoint(SipTransport transport, IPEndPoint remote, ListenPoint preferred);

    /// <returns>False when it is certain that the message did not leave; true promises nothing.</returns>
    ValueTask<bool> SendAsync(Flow to, ReadOnlyMemory<byte> message);
}
