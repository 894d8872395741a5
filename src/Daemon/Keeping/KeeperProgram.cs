using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Logging;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Running;
using RtpProxy.Io.Posix.Keeping;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Keeping;

/// <summary>
/// One life of the keeper (ADR 22): what the daemon is to whoever started it. It stays the user that it was started as, and in the
/// directory of the start, since relays after the first need what the first one needed.
/// </summary>
/// <remarks>Owned by the main thread.</remarks>
internal sealed class KeeperProgram : IDisposable
{
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(1);

    private readonly DaemonOptions _options;
    private readonly HandOver? _handOver;
    private readonly string _path;
    private readonly LogWriter _logWriter;
    private readonly DaemonLoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly KeeperSignals _signals = new();
    private PidFile? _pidFile;

    private KeeperProgram(DaemonOptions options, HandOver? handOver, string path)
    {
        _options = options;
        _handOver = handOver;
        _path = path;
        _logWriter = new LogWriter(DaemonProgram.OpenLog(options));
        _loggers = new DaemonLoggerFactory(options.EffectiveLogLevel, _logWriter);
        _logger = _loggers.CreateLogger("rtpproxy");
    }

    /// <summary>Runs until the relay has come to an end that is meant; in the background, until the process that goes on is up.</summary>
    /// <param name="left">What this process kept when it was another version; null at a start.</param>
    /// <returns>The exit status: that of the relay.</returns>
    public static int Run(DaemonOptions options, KeeperState? left)
    {
        using HandOver? handOver = HandOver.Inherit();
        if (left is null && handOver is null && !options.Foreground)
        {
            return DaemonProgram.LaunchInBackground();
        }

        string path = left is { Program.Length: > 0 } ? left.Program : OwnProgram.FindPath();
        if (!KeeperSignals.KeepFromThreads() && left is null)
        {
            handOver?.LetThrough();
            StandardStreams.WriteError(Encoding.UTF8.GetBytes($"rtpproxy: can't keep signals from threads: {KeeperExec.Again(path)}\n"));
            return 1;
        }

        using KeeperProgram program = new(options, handOver, path);
        return program.Run(left);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _signals.Dispose();
    }

    private int Run(KeeperState? left)
    {
        _ = OpenFiles.SetLimit(_options, new Settings([])); // what is wrong with it the relay says
        if (_handOver is not null)
        {
            HandOver.Detach();
        }

        _pidFile = PidFile.Open(_options.PidFile, out string reason);
        if (_pidFile is null)
        {
            Running.Log.PidFileNotOpened(_logger, _options.PidFile, reason);
        }

        ServiceManager services = new(Environment.GetEnvironmentVariable(ServiceManager.Variable), _logger);
        KeeperNotices notices = new(_path, services, OnRelaying, _logger);
        using KeeperLoop loop = new(_path, _signals, notices, _logger);
        if (left is null)
        {
            Log.Started(_logger, Environment.ProcessId, _path);
        }
        else
        {
            _pidFile?.Write(Environment.ProcessId);
        }

        int status = loop.Run(left, Become);
        Log.Ended(_logger, status);
        _pidFile?.Remove();
        return status;
    }

    private void OnRelaying()
    {
        _pidFile?.Write(Environment.ProcessId);
        if (_handOver is not null)
        {
            StandardStreams.ConnectToNull(_options.KeepOutput);
            _handOver.Release();
        }
    }

    /// <returns>Why this process is still what it was.</returns>
    private string Become(KeeperState state)
    {
        _logWriter.Flush(FlushPatience);
        return KeeperExec.Run(_path, state);
    }
}
