namespace RtpProxy.Relay.Operations;

/// <summary>Where an operation goes next and what it does there, or that it is over and how.</summary>
internal readonly struct Step
{
    private readonly Action? _work;
    private readonly Func<RelayWorker, Instant, Step>? _visit;

    private Step(OperationPlace place, int worker = -1, Action? work = null, Func<RelayWorker, Instant, Step>? visit = null)
    {
        Place = place;
        Worker = worker;
        _work = work;
        _visit = visit;
    }

    public OperationPlace Place { get; }

    /// <summary>Which worker, if to one; the one to come back to, if not.</summary>
    public int Worker { get; }

    /// <summary>When finished: why not carried out.</summary>
    public Refusal Refusal { get; private init; }

    /// <summary>Carried out.</summary>
    public static Step Done => new(OperationPlace.Finished);

    /// <summary>To a worker, whose thread does <paramref name="visit"/>; it must not block.</summary>
    public static Step On(int worker, Func<RelayWorker, Instant, Step> visit) => new(OperationPlace.OnWorker, worker, visit: visit);

    /// <summary>
    /// For an operation that visits all workers in turn, beginning with the first; null after the last.
    /// </summary>
    public static Step? OnNext(RelayWorker visited, OperationContext context, Func<RelayWorker, Instant, Step> visit) =>
        visited.Index + 1 < context.WorkerCount ? On(visited.Index + 1, visit) : null;

    /// <summary>To a thread that may block and does <paramref name="work"/>, which touches no session; then back to a worker.</summary>
    public static Step Off(Action work, int worker, Func<RelayWorker, Instant, Step> then) =>
        new(OperationPlace.OffWorker, worker, work, then);

    /// <summary>As <see cref="Off"/>, for work that asks for the address of a host.</summary>
    public static Step LookUp(Action work, int worker, Func<RelayWorker, Instant, Step> then) =>
        new(OperationPlace.LookingUp, worker, work, then);

    public static Step Refused(Refusal refusal) => new(OperationPlace.Finished) { Refusal = refusal };

    /// <summary>Does it, on a worker's thread, and tells what follows.</summary>
    public Step Visit(RelayWorker worker, Instant now) => _visit!(worker, now);

    /// <summary>Does it, on a thread that may block, and tells what follows.</summary>
    public Step Work()
    {
        _work!();
        return On(Worker, _visit!);
    }
}
