namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// Threads for work that may block, of one kind: however much of it hangs, neither the thread pool nor work of another kind
/// waits for it.
/// </summary>
/// <remarks>Thread-safe. Threads are made when they are needed, and end when nothing has come for a while.</remarks>
/// <param name="name">Of its threads.</param>
/// <param name="maxThreads">What comes while so many are busy waits in order.</param>
internal sealed class BlockingLane(string name, int maxThreads)
{
    private static readonly TimeSpan IdlePatience = TimeSpan.FromSeconds(10);

    private readonly object _lock = new(); // waited on, which Lock cannot
    private readonly Queue<(Action Work, TaskCompletionSource Done)> _waiting = new();
    private int _threads;
    private int _idle;

    /// <summary>Does the work on one of the threads; what it throws comes out of the task.</summary>
    public Task RunAsync(Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((work, done));
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_lock);
                return done.Task;
            }

            if (_threads == maxThreads)
            {
                return done.Task;
            }

            _threads++;
        }

        new Thread(Serve) { IsBackground = true, Name = name }.Start();
        return done.Task;
    }

    private void Serve()
    {
        while (TryTake(out Action? work, out TaskCompletionSource? done))
        {
            try
            {
                work();
                done.SetResult();
            }
#pragma warning disable CA1031 // It belongs to whoever awaits the work.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                done.SetException(defect);
            }
        }
    }

    private bool TryTake(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Action? work,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TaskCompletionSource? done)
    {
        lock (_lock)
        {
            while (_waiting.Count == 0)
            {
                _idle++;
                bool isWoken = Monitor.Wait(_lock, IdlePatience);
                _idle--;
                if (!isWoken && _waiting.Count == 0)
                {
                    _threads--;
                    (work, done) = (null, null);
                    return false;
                }
            }

            (work, done) = _waiting.Dequeue();
            return true;
        }
    }
}
