using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>An errand under way; as a letter, its visit to a worker.</summary>
/// <remarks>Touched by one thread at a time; the queues between them order the steps.</remarks>
internal sealed class ErrandVisit(IErrand errand, IErrandEnd end, ErrandRouter router) : Letter
{
    public IErrand Errand => errand;

    public IErrandEnd End => end;

    /// <summary>On the worker's thread: does this step, and whatever follows that needs no other thread.</summary>
    public void RunOnWorker(RelayWorker worker, Instant now)
    {
        try
        {
            errand.RunOnWorker(worker, now);
        }
        catch (Exception defect)
        {
            end.GiveUp(defect);
            throw;
        }

        router.Continue(this);
    }

    /// <summary>On a thread that may block.</summary>
    public void RunOffWorker()
    {
        try
        {
            errand.RunOffWorker();
        }
#pragma warning disable CA1031 // It belongs to whoever waits for the end.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            end.GiveUp(defect);
            return;
        }

        router.Continue(this);
    }

    /// <summary>The worker has stopped.</summary>
    public override void Abandon() => end.GiveUp(defect: null);
}
