using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.TestKit.Operations;

/// <summary>A report of a party passes the core.</summary>
public sealed class RelayRtcpReport : IOperation
{
    private readonly RelayedCall _call = new();
    private readonly Endpoint _source = RelayedCall.Caller.WithPort((ushort)(RelayedCall.Caller.Port + 1));
    private readonly byte[] _report = RtpBytes.ReceiverReport();

    /// <inheritdoc cref="RelayRtpPacket.Sent"/>
    public int Sent => _call.Sent;

    public void Run()
    {
        RtpBytes.Vary(_report);
        _call.OnRtcp(_source, _report);
    }
}
