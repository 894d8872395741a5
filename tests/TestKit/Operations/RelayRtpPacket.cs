namespace RtpProxy.TestKit.Operations;

/// <summary>A packet of a party passes the whole core: latch, analyser, timer, relay.</summary>
public sealed class RelayRtpPacket : IOperation
{
    private readonly RelayedCall _call = new();
    private readonly PacketSeries _packets = new();

    /// <summary>Datagrams that left; one for each run.</summary>
    public int Sent => _call.Sent;

    public void Run() => _call.OnRtp(RelayedCall.Caller, _packets.NextDatagram());
}
