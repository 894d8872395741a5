using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines;

/// <summary>
/// What an engine drives: the relay worker (<see cref="RelayCore"/>), or something smaller in tests and benchmarks.
/// Implemented by structures, so that the calls of the packet path are resolved at compile time.
/// </summary>
/// <remarks>Every member is called on the engine's thread.</remarks>
public interface IEngineCore
{
    /// <inheritdoc cref="RelayWorker.NextDeadline"/>
    Instant? NextDeadline { get; }

    /// <inheritdoc cref="RelayWorker.OnDatagram"/>
    void OnDatagram<TSink>(PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct;

    /// <inheritdoc cref="RelayWorker.OnUndelivered"/>
    void OnUndelivered(PortId port, in Endpoint to, SendOutcome outcome, Instant now);

    /// <inheritdoc cref="RelayWorker.OnDeadline"/>
    void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct;

    /// <inheritdoc cref="RelayWorker.OnTurnEnded"/>
    void OnTurnEnded(Instant now);

    /// <summary>Something came from another thread.</summary>
    void OnMail<TSink>(Mail.Letter letter, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct;
}
