namespace RtpProxy.Relay.Operations;

/// <summary>What a host carries from thread to thread until it is finished: an operation, or a command around one.</summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public interface IErrand
{
    OperationPlace Next { get; }

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="OperationPlace.OnWorker"/>.</summary>
    int Worker { get; }

    /// <summary>Does this step on the worker's thread; must not block.</summary>
    void RunOnWorker(RelayWorker worker, Instant now);

    /// <summary>Does this step on a thread that may block; touches no session.</summary>
    void RunOffWorker();
}
