using Microsoft.Extensions.Logging;
using RtpProxy.Lines;

namespace RtpProxy.Daemon.Watching;

/// <summary>Every line that is logged about the watcher; 3101 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Information, "the watcher has started, pid {ProcessId}")]
    public static partial void WatcherStarted(ILogger logger, int processId);

    [LoggerMessage(3102, LogLevel.Warning, "the watcher is started again in {Seconds} s: {End}; ends in a row: {InARow}")]
    public static partial void WatcherEnded(ILogger logger, double seconds, WatcherEnd end, int inARow);

    [LoggerMessage(EventId = 3103, Message = "watcher: {Line}")]
    public static partial void WatcherSays(ILogger logger, LogLevel level, PeerText line);

    [LoggerMessage(3104, LogLevel.Warning, "the watcher does not serve yet after {Seconds} s: the relay goes on without it")]
    public static partial void WatcherNotYet(ILogger logger, double seconds);
}
