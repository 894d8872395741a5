using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Keeping;

/// <summary>Every line that is logged about keeping a relay and being kept; 3201 and up.</summary>
internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Information, "the keeper has started, pid {ProcessId}; its relay is {Program}")]
    public static partial void Started(ILogger logger, int processId, string program);

    [LoggerMessage(3202, LogLevel.Information, "the relay runs, pid {ProcessId}: it is kept")]
    public static partial void Relaying(ILogger logger, int processId);

    [LoggerMessage(3203, LogLevel.Error, "the relay, pid {ProcessId}, has died with status {Status}{Why}; another is started {When}")]
    public static partial void Died(ILogger logger, int processId, int status, string why, string when);

    [LoggerMessage(3204, LogLevel.Warning, "a new relay goes on after {Milliseconds} ms, pid {ProcessId}; relays that have died: {Deaths}")]
    public static partial void Restored(ILogger logger, long milliseconds, int processId, int deaths);

    [LoggerMessage(3205, LogLevel.Error, "the relay, pid {ProcessId}, has said nothing for {Seconds} s: its workers hang; it is ended")]
    public static partial void Hung(ILogger logger, int processId, double seconds);

    [LoggerMessage(3206, LogLevel.Information, "upgrade: {Program} is started to take over, pid {ProcessId}")]
    public static partial void UpgradeBegun(ILogger logger, string program, int processId);

    [LoggerMessage(3207, LogLevel.Information, "upgrade: done; {Version} relays, pid {ProcessId}; nothing was read for {Milliseconds} ms")]
    public static partial void UpgradeDone(ILogger logger, string version, int processId, long milliseconds);

    [LoggerMessage(3208, LogLevel.Error, "upgrade: not done, the relay goes on as it was: {Why}")]
    public static partial void UpgradeFailed(ILogger logger, string why);

    [LoggerMessage(3227, LogLevel.Error, "upgrade: not done: {Why}")]
    public static partial void UpgradeRefused(ILogger logger, string why);

    [LoggerMessage(3209, LogLevel.Information, "no new sessions, the end comes with the last one")]
    public static partial void Draining(ILogger logger);

    [LoggerMessage(3210, LogLevel.Information, "got signal {Signal}: the relay is told to end")]
    public static partial void Stopping(ILogger logger, int signal);

    [LoggerMessage(3211, LogLevel.Information, "the keeper ends with status {Status}")]
    public static partial void Ended(ILogger logger, int status);

    [LoggerMessage(3212, LogLevel.Warning, "the keeper stays of the version that it is: {Reason}")]
    public static partial void NotReplaced(ILogger logger, string reason);

    [LoggerMessage(3213, LogLevel.Information, "the keeper goes on as {Version}, pid {ProcessId}; it holds {Count} descriptors")]
    public static partial void Replaced(ILogger logger, string version, int processId, int count);

    [LoggerMessage(3214, LogLevel.Error, "the keeper may open no more descriptors: calls are not kept that it has no copies of")]
    public static partial void NoMoreDescriptors(ILogger logger);

    [LoggerMessage(3215, LogLevel.Warning, "what the keeper held cannot be read: the relay is asked for it")]
    public static partial void HeldUnknown(ILogger logger);

    [LoggerMessage(3216, LogLevel.Warning, "{Program} is another one than the relay's was: the same is started again, and another by an upgrade")]
    public static partial void SameProgram(ILogger logger, string program);

    [LoggerMessage(3226, LogLevel.Warning, "the keeper does not take the configuration: if this process dies, the files count as they are then")]
    public static partial void ConfigurationUnkept(ILogger logger);

    [LoggerMessage(3221, LogLevel.Critical, "THE KEEPER HAS DIED: calls go on, but nothing keeps them any more if this process ends; start anew when it suits")]
    public static partial void KeeperLost(ILogger logger);

    [LoggerMessage(3222, LogLevel.Information, "standing still, another relay takes over")]
    public static partial void Freezing(ILogger logger);

    [LoggerMessage(3223, LogLevel.Warning, "nobody has taken over: going on")]
    public static partial void Thawed(ILogger logger);

    [LoggerMessage(3224, LogLevel.Information, "another relay has taken over, ending")]
    public static partial void HandedOver(ILogger logger);

    [LoggerMessage(3225, LogLevel.Error, "commands or workers do not come to a standstill in time")]
    public static partial void NotFrozen(ILogger logger);

    [LoggerMessage(3228, LogLevel.Warning, "an upgrade was asked for, but the keeper has died: start anew when it suits")]
    public static partial void NobodyUpgrades(ILogger logger);
}
