using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Running;

/// <summary>What signals do (control protocol, section 8.3).</summary>
/// <remarks>
/// The runtime delivers a signal on a thread of its own, so nothing here is bound to the rules of signal handlers. It
/// keeps its own handling of hardware faults: a null reference in managed code stays an exception.
/// </remarks>
internal sealed class SignalWatch : IDisposable
{
    private const int SIGHUP = 1;
    private const int SIGUSR2 = 12;
    private const int SIGSEGV = 11;
    private const int SIGFPE = 8;
    private const int ExitStatusBase = 128;

    private static readonly int[] Stopping =
    [
        2, // SIGINT
        15, // SIGTERM
        10, // SIGUSR1
        SIGUSR2,
        24, // SIGXCPU
        25, // SIGXFSZ
        26, // SIGVTALRM
        27, // SIGPROF
    ];

    private static readonly int[] Bad =
    [
        3, // SIGQUIT
        4, // SIGILL
        5, // SIGTRAP
        6, // SIGABRT
        SIGFPE,
        7, // SIGBUS
        SIGSEGV,
        31, // SIGSYS
    ];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TaskCompletionSource _slowShutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopToken = new();
    private readonly ILogger _logger;
    private readonly Action _flushLog;
    private readonly Action<int> _hurry;
    private readonly Action _beginSlowShutdown;
    private int _stopSignals;
    private int _isHurried;

    /// <param name="flushLog">Called before the process ends without a normal end.</param>
    /// <param name="beginSlowShutdown">
    /// Called by each SIGHUP before anything else: who sends one may send a command next, and expects it to be refused.
    /// </param>
    /// <param name="hurry">
    /// Called once, with the exit status, when a second signal asks for the end while the first is being obeyed. Must not
    /// block.
    /// </param>
    /// <param name="upgrade">What SIGUSR2 does where it does not ask for the end.</param>
    public SignalWatch(ILogger logger, Action flushLog, Action beginSlowShutdown, Action<int> hurry, Action? upgrade = null)
    {
        _logger = logger;
        _flushLog = flushLog;
        _hurry = hurry;
        _beginSlowShutdown = beginSlowShutdown;
        ResetAll();
        Watch(SIGHUP, _ => Drain());
        Array.ForEach(Stopping, signal => Watch(signal, upgrade is not null && signal == SIGUSR2 ? _ => upgrade() : OnStop));
        Array.ForEach(Bad, signal => Watch(signal, OnBad));

        // A keeper starts us with some of them kept from us until now (Keeping.KeeperSignals); any of our threads may take them.
        SignalDisposition.LetThroughToThisThread([SIGHUP, .. Stopping]);
    }

    /// <summary>Completes with the first SIGHUP.</summary>
    public Task SlowShutdownRequested => _slowShutdown.Task;

    /// <summary>Completes with the first signal that asks for a fast shutdown.</summary>
    public Task StopRequested => _stop.Task;

    /// <summary>Cancelled with it: for what can wait long at the start.</summary>
    public CancellationToken StopToken => _stopToken.Token;

    /// <summary>As SIGHUP.</summary>
    public void Drain()
    {
        _beginSlowShutdown();
        _slowShutdown.TrySetResult();
    }

    /// <summary>
    /// As the keeper was told by a signal. Whoever sends one to it often sends it to all processes: then it comes twice, and is
    /// one wish nevertheless.
    /// </summary>
    /// <param name="isHurried">It was the keeper's second.</param>
    public void Stop(int signal, bool isHurried)
    {
        BeginStop(signal);
        if (isHurried)
        {
            HurryUp(signal);
        }
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // All before the first registration, with which the runtime takes over several signals at once.
    private static void ResetAll()
    {
        foreach (int signal in (int[])[SIGHUP, .. Stopping, .. Bad])
        {
            // Null references and divisions by zero in managed code arrive as these two and must reach the runtime first.
            if (signal is not (SIGSEGV or SIGFPE))
            {
                SignalDisposition.Reset(signal);
            }
        }
    }

    private void Watch(int signal, Action<int> act)
    {
        _registrations.Add(PosixSignalRegistration.Create((PosixSignal)signal, context =>
        {
            context.Cancel = true;
            act(signal);
        }));
    }

    private void OnStop(int signal)
    {
        if (Interlocked.Increment(ref _stopSignals) == 1)
        {
            BeginStop(signal);
        }
        else
        {
            HurryUp(signal);
        }
    }

    private void BeginStop(int signal)
    {
        if (_stop.TrySetResult())
        {
            Log.StopSignal(_logger, signal);
            _stopToken.Cancel();
        }
    }

    private void HurryUp(int signal)
    {
        if (Interlocked.Exchange(ref _isHurried, 1) == 0)
        {
            Log.StopSignalAgain(_logger, signal);
            _hurry(ExitStatusBase + signal);
        }
    }

    private void OnBad(int signal)
    {
        Log.BadSignal(_logger, signal, StopRequested.IsCompleted ? 1 : 0);
        _flushLog();
        SignalDisposition.ExitNow(ExitStatusBase + signal);
    }
}
