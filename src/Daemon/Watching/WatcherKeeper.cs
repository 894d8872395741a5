using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Watching;

/// <summary>
/// Keeps a watcher running beside the daemon: a program of its own that asks what it shows over a connection that it inherits.
/// When it ends, however, or hangs, another is started after a pause that grows while none lasts. It ends with its connection, and
/// so with the daemon, however that ends.
/// </summary>
/// <remarks>On the thread pool. Started and stopped by one thread.</remarks>
internal sealed class WatcherKeeper : IAsyncDisposable
{
    // Between attempts to take an address that a watcher of a daemon before us may just be letting go.
    private static readonly TimeSpan AddressPause = TimeSpan.FromMilliseconds(250);

    private readonly string _program;
    private readonly IReadOnlyList<string> _arguments;
    private readonly AdminService _admin;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<WatcherEnd?> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;

    /// <param name="program">The full path of the executable.</param>
    /// <param name="arguments">What it is to do; where the relay is, it is told besides.</param>
    /// <param name="admin">Answers it.</param>
    public WatcherKeeper(string program, IReadOnlyList<string> arguments, AdminService admin, ILogger logger)
    {
        _program = program;
        _arguments = ["--node", $"fd:{ChildProcess.ConnectionDescriptor}", .. arguments];
        _admin = admin;
        _logger = logger;
    }

    /// <summary>Before it is started again for the first time.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pauses double up to this.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One that lives so long has nothing to do with the ends of those before it.</summary>
    public TimeSpan GoodLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>One that asks nothing for so long hangs, and is replaced: it asks every second, whether somebody looks or not.</summary>
    public TimeSpan AskPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What is left of a watcher whose connection has ended is ended after this time.</summary>
    public TimeSpan EndPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>So long the first watcher tries to take an address that is in use.</summary>
    public TimeSpan AddressPatience { get; init; } = TimeSpan.FromSeconds(2);

    public void Start() => _keeping = Task.Run(KeepAsync);

    /// <summary>
    /// Waits until the first watcher serves, has ended of something that may pass, or takes longer than this; or until it is clear
    /// that none will serve, as its options are. Whoever goes on all the same has it started again like any other.
    /// </summary>
    /// <returns>How it ended, in the last case; else null.</returns>
    public WatcherEnd? WaitForBegin(TimeSpan patience, CancellationToken cancellation)
    {
        if (_begun.Task.Wait(patience, cancellation))
        {
            return _begun.Task.Result;
        }

        Log.WatcherNotYet(_logger, patience.TotalSeconds);
        return null;
    }

    /// <summary>The watcher ends, by itself or soon after; it is not started again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        WatcherEnd end = await BeginAsync().ConfigureAwait(false);
        bool isWrong = end.IsForOptions || end.IsForAddress;
        if (_begun.TrySetResult(isWrong ? end : null) && isWrong && !await PauseAsync(FirstPause).ConfigureAwait(false))
        {
            return; // that was the end of the start
        }

        TimeSpan pause = FirstPause;
        int inARow = 1;
        while (!_stop.IsCancellationRequested)
        {
            Log.WatcherEnded(_logger, pause.TotalSeconds, end, inARow);
            if (!await PauseAsync(pause).ConfigureAwait(false))
            {
                return;
            }

            _admin.CountWatcherRestart();
            long start = Stopwatch.GetTimestamp();
            end = await LiveAsync().ConfigureAwait(false);
            bool wasGood = Stopwatch.GetElapsedTime(start) >= GoodLife;
            pause = wasGood ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            inARow = wasGood ? 1 : inARow + 1;
        }
    }

    /// <summary>The life of the first one: what it ends of before it serves, is wrong from the start.</summary>
    private async Task<WatcherEnd> BeginAsync()
    {
        long start = Stopwatch.GetTimestamp();
        WatcherEnd end = await LiveAsync().ConfigureAwait(false);
        while (end.IsForAddress
            && Stopwatch.GetElapsedTime(start) < AddressPatience
            && await PauseAsync(AddressPause).ConfigureAwait(false))
        {
            end = await LiveAsync().ConfigureAwait(false);
        }

        return end;
    }

    private Task<WatcherEnd> LiveAsync() =>
        new WatcherLife(_admin, AskPatience, EndPatience, () => _begun.TrySetResult(null), _logger)
            .LiveAsync(_program, _arguments, _stop.Token);

    /// <returns>False if we end.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stop.IsCancellationRequested;
    }
}
