namespace RtpProxy.Relay.Commands;

/// <summary>
/// One command on its way: a small state machine that visits the worker that owns the call (or all of them), and where
/// a file or a name is needed a thread that may block, until its reply is ready. The host only carries it around:
/// <code>
/// while (run.Next != RunStep.Finished)
///     run.Next == RunStep.OnWorker ? post to worker run.Worker: run.RunOnWorker(worker, now) : run.RunOffWorker();
/// send run.Reply
/// </code>
/// </summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public sealed class CommandRun
{
    public RunStep Next { get; private set; }

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="RunStep.OnWorker"/>.</summary>
    public int Worker { get; private set; }

    /// <summary>The whole reply, cookie and LF included; valid when finished.</summary>
    public ReadOnlyMemory<byte> Reply { get; private set; }

    /// <summary>Does this step on the worker's thread.</summary>
    public void RunOnWorker(RelayWorker worker, Instant now) => throw new NotSupportedException();

    /// <summary>Does this step on a thread that may block.</summary>
    public void RunOffWorker() => throw new NotSupportedException();
}
