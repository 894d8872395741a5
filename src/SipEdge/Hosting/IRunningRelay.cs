using System.Net;
using RtpProxy.Controller.Relays;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>A relay that runs. Disposing it ends its sessions.</summary>
internal interface IRunningRelay : IAsyncDisposable
{
    /// <summary>Its control socket, ready for commands.</summary>
    RelayAddress Address { get; }

    /// <summary>Packets that came in the last whole second.</summary>
    long PacketRate { get; }

    /// <summary>Sockets of ours that obey what they receive: the relay sends nobody's media there.</summary>
    void Protect(IEnumerable<IPEndPoint> sockets);
}
