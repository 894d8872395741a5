using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Forwarding;

/// <summary>
/// Joins workers where a session is forked into one that another worker owns. Each call reaches the worker that owns the
/// session it concerns, in the order in which it was made.
/// </summary>
/// <remarks>Called by all workers; thread-safe, never blocks: a full link drops copies and counts them.</remarks>
public interface IWorkerLinks
{
    /// <summary>The owner of the source calls <see cref="RelayWorker.OnForkStarted"/>.</summary>
    void Start(in Fork fork);

    /// <summary>The owner of the source calls <see cref="RelayWorker.OnForkEnded"/>: the target is gone.</summary>
    void End(in Fork fork);

    /// <summary>The owner of the source calls <see cref="RelayWorker.OnForkReleased"/>: a place kept for a fork is not needed.</summary>
    void Release(in SessionId source);

    /// <summary>The owner of the target calls <see cref="RelayWorker.OnForkSourceEnded"/>: the source is gone.</summary>
    void SourceEnded(in Fork fork);

    /// <summary>Copies the datagram; the owner of the target calls <see cref="RelayWorker.OnForked"/> with it.</summary>
    void Forward(in ForkedPacket packet, ReadOnlySpan<byte> datagram);
}
