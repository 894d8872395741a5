using Microsoft.Extensions.Logging;

namespace RtpProxy.Hosting;

/// <summary>What is to be done once a second beside the calls, on a thread of its own, one after the other.</summary>
/// <remarks>Started and stopped by one thread.</remarks>
/// <param name="chores">A defect of one keeps none of the others from being done.</param>
internal sealed class Housekeeping(IReadOnlyList<Action> chores, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ManualResetEvent _stop = new(false);
    private Thread? _thread;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "housekeeping" };
        _thread.Start();
    }

    /// <summary>When it returns nothing is being done any more.</summary>
    public void Stop()
    {
        _stop.Set();
        _thread?.Join();
        _thread = null;
    }

    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.WaitOne(Period))
        {
            foreach (Action chore in chores)
            {
                Do(chore);
            }
        }
    }

    private void Do(Action chore)
    {
        try
        {
            chore();
        }
#pragma warning disable CA1031 // What is not tidied up harms nobody.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.HousekeepingFault(logger, defect);
        }
    }
}
