using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Forwarding;

/// <summary>Carries copies of datagrams between workers when a session is forked into one that another worker owns.</summary>
/// <remarks>Called by all workers; thread-safe, never blocks: a full link drops and counts.</remarks>
public interface IWorkerLinks
{
    /// <summary>
    /// Copies the datagram and lets the worker that owns <paramref name="target"/> call
    /// <see cref="RelayWorker.OnForked"/> with it.
    /// </summary>
    void Forward(SessionId target, Side toward, StreamKind kind, ReadOnlySpan<byte> datagram, in Arrival arrival);

    /// <summary>Lets <paramref name="worker"/> call <see cref="RelayWorker.OnForkEnded"/>: the target of a fork is gone.</summary>
    void EndFork(int worker, SessionId source, SessionId target);
}
