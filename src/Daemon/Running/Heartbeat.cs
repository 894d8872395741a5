using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Running;

/// <summary>
/// Tells whoever watches over the daemon that it is alive: once a period, and only after every worker has answered. A process
/// whose timers run while a worker hangs falls silent.
/// </summary>
/// <remarks>Beats from its making until it is disposed, on the thread pool.</remarks>
internal sealed class Heartbeat : IDisposable
{
    private readonly TimeSpan _period;
    private readonly Func<Task> _askWorkers;
    private readonly Action _beat;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="askWorkers">Done when all of them have answered; fails when the relay is stopping.</param>
    /// <param name="beat">Called at once as well: whoever waits has done so since the start.</param>
    public Heartbeat(TimeSpan period, Func<Task> askWorkers, Action beat, ILogger logger)
    {
        _period = period;
        _askWorkers = askWorkers;
        _beat = beat;
        _logger = logger;
        _ = BeatAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        CancellationToken stop = _stop.Token;
        try
        {
            while (true)
            {
                await HearWorkersAsync(stop).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                _beat();
                await Task.Delay(_period, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException)
        {
            // The daemon is ending, and so does this.
        }
    }

    private async Task HearWorkersAsync(CancellationToken stop)
    {
        long asked = Stopwatch.GetTimestamp();
        Task answer = _askWorkers();
        if (await Task.WhenAny(answer, Task.Delay(_period, stop)).ConfigureAwait(false) != answer)
        {
            stop.ThrowIfCancellationRequested();
            Log.WorkersSilent(_logger, _period);
            await answer.WaitAsync(stop).ConfigureAwait(false);
            Log.WorkersAnswerAgain(_logger, Stopwatch.GetElapsedTime(asked));
        }

        await answer.ConfigureAwait(false);
    }
}
