using RtpProxy.Relay;
using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Operations;

/// <summary>The latch takes a packet from where the party was before: the decision of nearly every packet.</summary>
public sealed class DecideLatchedSource : IOperation
{
    private readonly RtpLatch _latch = new();
    private SequenceNumber _sequence;
    private RtpTimestamp _timestamp;
    private Instant _now = new(1);

    public DecideLatchedSource() => _latch.OnSignalled(RelayedCall.Caller, _now);

    public LatchVerdict Last { get; private set; }

    public void Run()
    {
        _sequence = _sequence.Next;
        _timestamp = _timestamp.Add(160);
        _now += TimeSpan.FromMilliseconds(20);
        Last = _latch.OnPacket(RelayedCall.Caller, new PacketEvidence(true, new Ssrc(7), _sequence, _timestamp), _now);
    }
}
