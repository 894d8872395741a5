using RtpProxy.Relay;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>One step of a command on the worker's thread; the sender awaits <see cref="Done"/> on a thread of its own.</summary>
internal sealed class CommandVisit(CommandRun run) : Letter
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the step has been done; canceled if the worker stopped, faulted if the step threw.</summary>
    public Task Done => _done.Task;

    public void Run(RelayWorker worker, Instant now)
    {
        try
        {
            run.RunOnWorker(worker, now);
        }
        catch (Exception defect)
        {
            _done.SetException(defect);
            throw;
        }

        _done.SetResult();
    }

    public override void Abandon() => _done.TrySetCanceled();
}
