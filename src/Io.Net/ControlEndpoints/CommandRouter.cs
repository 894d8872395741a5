using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Carries the runs of commands around: to the mailbox of the worker they want to visit, or to threads that they may block,
/// until the reply is ready. Each step starts the next on the thread it was done on: no other thread stands between.
/// </summary>
/// <remarks>Thread-safe; never blocks.</remarks>
public sealed class CommandRouter(IReadOnlyList<Mailbox> mailboxes, ILogger logger)
{
    private const int MaxFileThreads = 32;
    private const int MaxLookupThreads = 32;

    private static readonly TimeSpan FullMailboxPause = TimeSpan.FromMilliseconds(1);

    // A disk or a name server that hangs holds up its own kind only.
    private readonly BlockingLane _files = new("files", MaxFileThreads, logger);
    private readonly BlockingLane _lookups = new("lookups", MaxLookupThreads, logger);

    // Mailboxes hold more than all control sockets let be under way: who gets here has met a worker that is stuck.
    private readonly BlockingLane _overflow = new("full-mailbox", 1, logger);

    /// <summary>Begins the way of a run, which may have come to its end before this returns.</summary>
    /// <param name="run">Touched by one thread at a time.</param>
    /// <param name="target">Told at the end, on the thread of the last step.</param>
    public void Carry(CommandRun run, IReplyTarget target)
    {
        ArgumentNullException.ThrowIfNull(run);
        Continue(new CommandVisit(run, target, this));
    }

    /// <summary>Where the run wants to go next.</summary>
    internal void Continue(CommandVisit visit)
    {
        switch (visit.Run.Next)
        {
            case RunStep.Finished:
                visit.Target.Reply(visit.Run.Reply);
                break;
            case RunStep.OnWorker:
                Post(visit);
                break;
            case RunStep.LookingUp:
                _lookups.Run(visit.RunOffWorker);
                break;
            default:
                _files.Run(visit.RunOffWorker);
                break;
        }
    }

    private void Post(CommandVisit visit)
    {
        Mailbox mailbox = mailboxes[visit.Run.Worker];
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
