using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.Engines.Mail;

/// <summary>
/// Threads for work that may block, of one kind: however much of it hangs, nothing else waits for it.
/// </summary>
/// <remarks>Thread-safe. Threads are made when they are needed, and end when nothing has come for a while.</remarks>
/// <param name="name">Of its threads.</param>
/// <param name="maxThreads">What comes while so many are busy waits in order.</param>
internal sealed class BlockingLane(string name, int maxThreads, ILogger logger)
{
    private static readonly TimeSpan IdlePatience = TimeSpan.FromSeconds(10);

    private readonly object _lock = new(); // waited on, which Lock cannot
    private readonly Queue<Action> _waiting = new();
    private int _threads;
    private int _idle;

    /// <summary>Does the work on one of the threads. What it throws is logged.</summary>
    public void Run(Action work)
    {
        lock (_lock)
        {
            _waiting.Enqueue(work);
            if (_idle >= _waiting.Count)
            {
                Monitor.Pulse(_lock);
                return;
            }

            if (_threads == maxThreads)
            {
                return;
            }

            _threads++;
        }

        new Thread(Serve) { IsBackground = true, Name = name }.Start();
    }

    private void Serve()
    {
        while (TryTake(out Action? work))
        {
            try
            {
                work();
            }
#pragma warning disable CA1031 // A defect costs the work in which it shows, nothing else.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                Log.LaneFault(logger, name, defect);
            }
        }
    }

    private bool TryTake([NotNullWhen(true)] out Action? work)
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
                    work = null;
                    return false;
                }
            }

            work = _waiting.Dequeue();
            return true;
        }
    }
}
