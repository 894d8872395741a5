namespace RtpProxy.Relay.Operations;

/// <summary>
/// One thing that a controller asks for, on its way: it visits the worker that owns the call (or all of them), and where
/// a file or a name is needed a thread that may block, until it is carried out or refused. The host only carries it around:
/// <code>
/// while (operation.Next != OperationPlace.Finished)
///     operation.Next == OperationPlace.OnWorker ? post to worker operation.Worker: operation.RunOnWorker(worker, now)
///                                               : operation.RunOffWorker();
/// read operation.Refusal, and the results of its kind
/// </code>
/// Each visit is a method of its kind, which the <see cref="Step"/> before it names. A protocol in front makes operations
/// from its messages and messages from their results; neither knows of the other (ARCHITECTURE.md, "a command's way").
/// </summary>
/// <remarks>Touched by one thread at a time; the host's queues order the visits.</remarks>
public abstract class Operation : IErrand
{
    private Step _next;

    private protected Operation()
    {
    }

    public OperationPlace Next => _next.Place;

    /// <summary>The worker to visit when <see cref="Next"/> is <see cref="OperationPlace.OnWorker"/>.</summary>
    public int Worker => _next.Worker;

    /// <summary>When finished: why it was not carried out, and has changed nothing; <see cref="Refusal.None"/> if it was.</summary>
    public Refusal Refusal => _next.Refusal;

    /// <summary>Does this step on the worker's thread.</summary>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        _next = _next.Visit(worker, now);
        worker.Keeping?.OnVisited(now);
    }

    /// <summary>Does this step on a thread that may block.</summary>
    public void RunOffWorker() => _next = _next.Work();

    /// <summary>Sets the first step; called once, by the constructor of the kind.</summary>
    private protected void BeginAt(in Step first) => _next = first;
}
