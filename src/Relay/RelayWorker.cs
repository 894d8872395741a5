using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <summary>
/// The relay without its sockets: sessions, latches, timers, counters of the calls that one worker owns. Bytes, an
/// instant and a port go in; datagrams to send, replies and the next deadline come out.
/// </summary>
/// <remarks>Driven by one thread; never blocks, reads no clock, and allocates nothing per packet.</remarks>
public sealed class RelayWorker
{
    /// <param name="index">0-based; chosen by call-id, see <see cref="Commands.ControlPlane"/>.</param>
    /// <param name="start">Zero point of the one-second ticks that age sessions.</param>
    public RelayWorker(int index, RelayOptions options, RelayWorld world, Instant start)
    {
        Index = index;
    }

    public int Index { get; }

    /// <summary>Sessions alive now. May be read by other threads, as a hint.</summary>
    public int SessionCount { get; private set; }

    /// <summary>When <see cref="OnDeadline"/> wants to be called; never later than one second ahead while sessions live.</summary>
    public Instant? NextDeadline { get; private set; }

    /// <summary>A datagram arrived on one of this worker's ports. The bytes are borrowed for the call.</summary>
    public void OnDatagram<TSink>(PortId port, in Endpoint source, Span<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => throw new NotSupportedException();

    /// <summary>Time has passed: timers and players act.</summary>
    public void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => throw new NotSupportedException();

    /// <summary>A copy from a session of another worker, to be sent through a session of this one.</summary>
    public void OnForked<TSink>(
        SessionId target, Side toward, StreamKind kind, Span<byte> datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => throw new NotSupportedException();

    /// <summary>The session that copies of <paramref name="source"/> went to is gone.</summary>
    public void OnForkEnded(SessionId source, SessionId target) => throw new NotSupportedException();
}
