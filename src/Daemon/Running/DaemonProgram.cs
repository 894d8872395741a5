using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Configuration;
using RtpProxy.Daemon.Keeping;
using RtpProxy.Daemon.Logging;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Watching;
using RtpProxy.Hosting;
using RtpProxy.Io.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Running;

/// <summary>
/// One life of the daemon: the order of events of the control protocol, section 10.2, from the configuration file to
/// the exit status.
/// </summary>
/// <remarks>Owned by the main thread, which waits until the end.</remarks>
internal sealed partial class DaemonProgram : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(1);

    // A supervisor that signals a process and its group means one end: what is nearly done is not cut off by the second.
    private static readonly TimeSpan HurryPatience = TimeSpan.FromMilliseconds(250);

    private readonly Settings _settings;
    private readonly ConfigurationTexts _texts;
    private readonly ISystemNames _names;
    private readonly HandOver? _handOver;
    private readonly KeptLife? _kept; // null where nobody keeps us
    private readonly LogWriter _logWriter;
    private readonly DaemonLoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly SignalWatch _signals;
    private ServiceManager _serviceManager; // has nobody to tell while a keeper does
    private DaemonOptions _options;
    private BindAddresses? _addresses;
    private RelayHost? _host;
    private string? _watcherProgram;
    private WatcherKeeper? _watcher;
    private PidFile? _pidFile;
    private KeeperMessage.Begin? _begin;
    private Heartbeat? _heartbeat;
    private volatile int _status; // of a hurried end

    private DaemonProgram(RunDaemon run, ISystemNames names, HandOver? handOver, KeeperLink? keeper)
    {
        _options = run.Options;
        _settings = run.Settings;
        _texts = run.Texts;
        _names = names;
        _handOver = handOver;
        _logWriter = new LogWriter(OpenLog(_options));
        _loggers = new DaemonLoggerFactory(_options.EffectiveLogLevel, _logWriter);
        _logger = _loggers.CreateLogger("rtpproxy");
        _signals = new SignalWatch(
            _logger, () => _logWriter.Flush(FlushPatience), () => _host?.BeginSlowShutdown(), Hurry, upgrade: keeper is null ? null : OnUpgradeSignal);
        _kept = keeper is null ? null : new KeptLife(keeper, _logger);
        _serviceManager = new ServiceManager(keeper is null ? Environment.GetEnvironmentVariable(ServiceManager.Variable) : null, _logger);
    }

    /// <summary>Runs until the end; in the background, until the process that goes on is up.</summary>
    /// <param name="keeper">That has started this process; null if none has.</param>
    /// <returns>The exit status.</returns>
    public static int Run(RunDaemon run, ISystemNames names, KeeperLink? keeper)
    {
        using HandOver? handOver = keeper is null ? HandOver.Inherit() : null;
        if (handOver is null && keeper is null && !run.Options.Foreground)
        {
            return LaunchInBackground();
        }

        using DaemonProgram program = new(run, names, handOver, keeper);
        AppDomain.CurrentDomain.UnhandledException += program.OnUnhandledException;
        return program.Run();
    }

    /// <summary>Writes out the log; what else is held ends with the process. Signals are watched to the end.</summary>
    public void Dispose()
    {
        _loggers.Dispose();
        _signals.Dispose();
    }

    /// <summary>The part of the process that was started: it ends when the one that goes on is up.</summary>
    public static int LaunchInBackground()
    {
        if (BackgroundLaunch.Run(out string? failure))
        {
            return 0;
        }

        if (failure is not null)
        {
            StandardStreams.WriteError(Encoding.UTF8.GetBytes($"rtpproxy: can't go to the background: {failure}\n"));
        }

        return 1;
    }

    /// <summary>Where the log goes, of the daemon and of its keeper.</summary>
    public static IReadOnlyList<ILogOutput> OpenLog(DaemonOptions options)
    {
        StandardErrorOutput standardError =
            new(LogTimeForm.Read(Environment.GetEnvironmentVariable, MonotonicClock.Now));
        return (options.Foreground, options.KeepOutput) switch
        {
            (true, _) => [standardError],
            (false, true) => [new SyslogOutput(options.LogFacility), standardError],
            _ => [new SyslogOutput(options.LogFacility)],
        };
    }

    private int Run()
    {
        try
        {
            _kept?.Start(_signals, OnKeeperLost);
            if (Start() is { } fault)
            {
                Report(fault);
                _kept?.Say(new RelayMessage.Refused(fault.Reason));
                StopHost();
                _pidFile?.Remove();
                return 1;
            }

            Serve();
        }
        catch (OperationCanceledException)
        {
            // A signal came while the start was still waiting for something: an end like any other.
        }

        if (_begin is null && _kept is { Lost.IsCompleted: true })
        {
            return 1; // nothing has begun, and now nothing will
        }

        _serviceManager.TellStopping();
        _heartbeat?.Dispose();
        StopHost();
        _pidFile?.Remove();
        Log.Ended(_logger);
        return _status;
    }

    // The main thread may be waiting for anything: after a moment the process ends without it.
    private void Hurry(int status)
    {
        _status = status;
        new Thread(() =>
        {
            Thread.Sleep(HurryPatience);
            _kept?.Say(new RelayMessage.Ending());
            _host?.RemoveSocketFiles();
            _pidFile?.Remove();
            _logWriter.Flush(HurryPatience);
            SignalDisposition.ExitNow(status);
        })
        { IsBackground = true, Name = "hurry" }.Start();
    }

    private void Serve()
    {
        if (_kept is not null)
        {
            ServeKept(_kept);
            return;
        }

        Task stop = _signals.StopRequested;
        Task slow = _signals.SlowShutdownRequested;
        Task completion = _host!.Completion;
        if (Wait(stop, completion, slow) == slow)
        {
            Log.SlowShutdown(_logger);
            _serviceManager.TellLeaving();
            _host.BeginSlowShutdown(); // has begun, unless the signal came before there was a host
            Wait(stop, completion);
        }
    }

    // The main thread has nothing else to do; it is also the thread that most signals are delivered to.
    private static Task Wait(params ReadOnlySpan<Task> tasks) => Task.WhenAny(tasks).GetAwaiter().GetResult();

    private void StopHost()
    {
        Task watcherEnd = _watcher?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        if (_host is not null && !Task.WhenAll(watcherEnd, _host.StopAsync(_isHandedOver)).Wait(StopPatience))
        {
            Log.StopTookTooLong(_logger, StopPatience.TotalSeconds);
        }
    }

    // In the background the log goes to syslog; whoever started us reads standard error, which is still theirs.
    private void Report(StartFault fault)
    {
        if (!_options.Foreground)
        {
            Log.NotStarted(_logger, string.Join("; ", fault.Lines));
        }

        _logWriter.Flush(FlushPatience);
        StandardStreams.WriteError(Encoding.UTF8.GetBytes(string.Join('\n', fault.Lines) + "\n"));
    }

    // A defect on a thread of ours: say where, then end, rather than limp on or fill a terminal.
    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs e)
    {
        const int Aborted = 134; // 128 + SIGABRT, as for a C program that fails an assertion.
        CrashReport.Write(_logger, e.ExceptionObject);
        _logWriter.Flush(FlushPatience);
        SignalDisposition.ExitNow(Aborted);
    }
}
