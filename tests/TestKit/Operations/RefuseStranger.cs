using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>A flood of a stranger's packets meets a call that is established.</summary>
public sealed class RefuseStranger : IOperation
{
    private readonly RelayedCall _call = new();
    private readonly PacketSeries _packets = new(ssrc: 666);
    private readonly Endpoint _stranger = Endpoint.From(IPAddress.Parse("203.0.113.66"), 6_666);

    public RefuseStranger() => _call.OnRtp(RelayedCall.Caller, new PacketSeries().NextDatagram());

    /// <summary>Datagrams that left: the party's own first one.</summary>
    public int Sent => _call.Sent;

    public void Run() => _call.OnRtp(_stranger, _packets.NextDatagram());
}
