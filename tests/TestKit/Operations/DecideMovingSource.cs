using RtpProxy.Relay;
using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>The latch follows a party that comes from another port with every packet: its longest way to a yes.</summary>
public sealed class DecideMovingSource : IOperation
{
    private readonly RtpLatch _latch = new();
    private SequenceNumber _sequence;
    private RtpTimestamp _timestamp;
    private Instant _now = new(1);

    public DecideMovingSource() => _latch.OnSignalled(RelayedCall.Caller, _now);

    public LatchVerdict Last { get; private set; }

    public void Run()
    {
        _sequence = _sequence.Next;
        _timestamp = _timestamp.Add(160);
        _now += TimeSpan.FromMilliseconds(20);
        Endpoint source = RelayedCall.Caller.WithPort((ushort)(2_000 + (_sequence.Value & 1)));
        Last = _latch.OnPacket(source, new PacketEvidence(true, new Ssrc(7), _sequence, _timestamp), _now);
    }
}
