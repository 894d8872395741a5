using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>A command under way; as a letter, its visit to a worker.</summary>
/// <remarks>Touched by one thread at a time; the queues between them order the steps.</remarks>
internal sealed class CommandVisit(CommandRun run, IReplyTarget target, CommandRouter router) : Letter
{
    public CommandRun Run => run;

    public IReplyTarget Target => target;

    /// <summary>On the worker's thread: does this step, and whatever follows that needs no other thread.</summary>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        try
        {
            run.RunOnWorker(worker, now);
        }
        catch (Exception defect)
        {
            target.GiveUp(defect);
            throw;
        }

        router.Continue(this);
    }

    /// <summary>On a thread that may block.</summary>
    public void RunOffWorker()
    {
        try
        {
            run.RunOffWorker();
        }
#pragma warning disable CA1031 // It belongs to whoever waits for the reply.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            target.GiveUp(defect);
            return;
        }

        router.Continue(this);
    }

    /// <summary>The worker has stopped.</summary>
    public override void Abandon() => target.GiveUp(defect: null);
}
