using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Running;

/// <summary>Every line that the executable logs by itself; 3001 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "rtpproxy {Version} started, pid {ProcessId}")]
    public static partial void Started(ILogger logger, string version, int processId);

    [LoggerMessage(3002, LogLevel.Information, "rtpproxy ended")]
    public static partial void Ended(ILogger logger);

    [LoggerMessage(3003, LogLevel.Information, "got signal {Signal}, shutting down")]
    public static partial void StopSignal(ILogger logger, int signal);

    [LoggerMessage(3013, LogLevel.Information, "got signal {Signal} while shutting down, ending at once")]
    public static partial void StopSignalAgain(ILogger logger, int signal);

    [LoggerMessage(3004, LogLevel.Critical, "got BAD signal {Signal}, fastshutdown = {FastShutdown}")]
    public static partial void BadSignal(ILogger logger, int signal, int fastShutdown);

    [LoggerMessage(3005, LogLevel.Information, "deorbiting: no new sessions, the end comes with the last one")]
    public static partial void SlowShutdown(ILogger logger);

    [LoggerMessage(3006, LogLevel.Error, "can't open pidfile for writing: {Path}: {Reason}")]
    public static partial void PidFileNotOpened(ILogger logger, string path, string reason);

    [LoggerMessage(3007, LogLevel.Error, "can't set real-time scheduling: {Reason}")]
    public static partial void SchedulingKept(ILogger logger, string reason);

    [LoggerMessage(3008, LogLevel.Warning, "can't tell the service manager {State}: {Reason}")]
    public static partial void ServiceManagerNotTold(ILogger logger, string state, string reason);

    [LoggerMessage(3009, LogLevel.Error, "the workers did not end within {Seconds} s, ending without them")]
    public static partial void StopTookTooLong(ILogger logger, double seconds);

    [LoggerMessage(3010, LogLevel.Critical, "unexpected fault, ending: {Fault}")]
    public static partial void UnexpectedFault(ILogger logger, string fault);

    [LoggerMessage(3014, LogLevel.Critical, "{Line}")]
    public static partial void FaultStack(ILogger logger, string line);

    [LoggerMessage(3015, LogLevel.Error, "no answer from all workers within {Limit}: whoever watches over the daemon is not told that it is alive")]
    public static partial void WorkersSilent(ILogger logger, TimeSpan limit);

    [LoggerMessage(3016, LogLevel.Warning, "all workers answer again, after {Silence}")]
    public static partial void WorkersAnswerAgain(ILogger logger, TimeSpan silence);

    [LoggerMessage(3011, LogLevel.Critical, "can't start: {Reason}")]
    public static partial void NotStarted(ILogger logger, string reason);

    [LoggerMessage(3018, LogLevel.Warning, "{Path} is not as it was when it was read: what has changed counts from the next upgrade or start on")]
    public static partial void ChangeWaits(ILogger logger, string path);

    [LoggerMessage(3017, LogLevel.Information, "{Text}")]
    public static partial void Serving(ILogger logger, string text);

    [LoggerMessage(3012, LogLevel.Warning, "{Text}")]
    public static partial void Doubtful(ILogger logger, string text);
}
