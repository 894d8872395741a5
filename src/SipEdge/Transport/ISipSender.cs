using System.Net.Sockets;

namespace RtpProxy.SipEdge.Transport;

/// <summary>Sends messages; what the proxy's rules see of the sockets.</summary>
internal interface ISipSender
{
    IReadOnlyList<ListenPoint> Points { get; }

    /// <summary>The point to send from: the preferred one if it fits, else the first that does; null if none does.</summary>
    ListenPoint? FindPoint(SipTransport transport, AddressFamily family, ListenPoint preferred);

    /// <returns>False when it is certain that the message did not leave; true promises nothing.</returns>
    ValueTask<bool> SendAsync(Flow to, ReadOnlyMemory<byte> message);
}
