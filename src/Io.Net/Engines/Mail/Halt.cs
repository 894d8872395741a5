using RtpProxy.Relay;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>
/// Has a worker stand still: its thread stays in this letter until it is let go. What arrives meanwhile waits in the kernel.
/// </summary>
/// <param name="before">Done on the worker's thread when the letter has come, before it stands still.</param>
/// <param name="after">Done there when it is let go to go on.</param>
public sealed class Halt(Action<RelayWorker, Instant> before, Action<RelayWorker> after) : Letter
{
    private readonly TaskCompletionSource<bool> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _go = new();

    /// <summary>True once it stands still; false if it never will, because it has stopped or met a defect.</summary>
    public Task<bool> Reached => _reached.Task;

    /// <summary>Lets it go; it does not stop any more if it has not come to this letter yet. Thread-safe.</summary>
    /// <param name="goesOn">Else its thread is about to end.</param>
    public void Release(bool goesOn) => _go.TrySetResult(goesOn);

    public override void Abandon() => _reached.TrySetResult(false);

    internal void Stand(RelayWorker worker, Instant now)
    {
        if (_go.Task.IsCompleted)
        {
            _reached.TrySetResult(false);
            return;
        }

        try
        {
            before(worker, now);
        }
        catch
        {
            _reached.TrySetResult(false);
            throw;
        }

        _reached.TrySetResult(true);
        if (_go.Task.Result)
        {
            after(worker);
        }
    }
}
