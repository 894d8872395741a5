using Microsoft.Extensions.Logging;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>
/// Carries errands around: to the mailbox of the worker they want to visit, or to threads that they may block,
/// until they are finished. Each step starts the next on the thread it was done on: no other thread stands between.
/// </summary>
/// <remarks>Thread-safe; never blocks.</remarks>
public sealed class ErrandRouter(IReadOnlyList<Mailbox> mailboxes, ILogger logger)
{
    private const int MaxFileThreads = 32;
    private const int MaxLookupThreads = 32;

    private static readonly TimeSpan FullMailboxPause = TimeSpan.FromMilliseconds(1);

    // A disk or a name server that hangs holds up its own kind only.
    private readonly BlockingLane _files = new("files", MaxFileThreads, logger);
    private readonly BlockingLane _lookups = new("lookups", MaxLookupThreads, logger);

    // Mailboxes hold more than all control sockets let be under way: who gets here has met a worker that is stuck.
    private readonly BlockingLane _overflow = new("full-mailbox", 1, logger);

    /// <summary>Begins the way of an errand, which may have come to its end before this returns.</summary>
    /// <param name="errand">Touched by one thread at a time.</param>
    /// <param name="end">Told at the end, on the thread of the last step.</param>
    public void Carry(IErrand errand, IErrandEnd end)
    {
        ArgumentNullException.ThrowIfNull(errand);
        Continue(new ErrandVisit(errand, end, this));
    }

    /// <summary>Where the errand wants to go next.</summary>
    internal void Continue(ErrandVisit visit)
    {
        switch (visit.Errand.Next)
        {
            case OperationPlace.Finished:
                visit.End.Finish();
                break;
            case OperationPlace.OnWorker:
                Post(visit);
                break;
            case OperationPlace.LookingUp:
                _lookups.Run(visit.RunOffWorker);
                break;
            default:
                _files.Run(visit.RunOffWorker);
                break;
        }
    }

    private void Post(ErrandVisit visit)
    {
        Mailbox mailbox = mailboxes[visit.Errand.Worker];
        if (mailbox.TryPost(visit))
        {
            return;
        }

        if (mailbox.IsClosed)
        {
            visit.Abandon();
            return;
        }

        _overflow.Run(() =>
        {
            Thread.Sleep(FullMailboxPause);
            Post(visit);
        });
    }
}
