using RtpProxy.Relay;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>A report of a party passes the core.</summary>
public sealed class RelayRtcpReport : IOperation
{
    private readonly RelayedCall _call = new();
    private readonly Endpoint _source = RelayedCall.Caller.WithPort((ushort)(RelayedCall.Caller.Port + 1));
    private readonly byte[] _report = RoomyDatagrams.BufferOf(RtpBytes.ReceiverReport());

    /// <inheritdoc cref="RelayRtpPacket.Sent"/>
    public int Sent => _call.Sent;

    public void Run()
    {
        Span<byte> report = _report.AsSpan()[Datagram.RoomBefore..^Datagram.RoomAfter];
        RtpBytes.Vary(report);
        _call.OnRtcp(_source, new Datagram(_report, report.Length));
    }
}
