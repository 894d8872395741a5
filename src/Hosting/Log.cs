using Microsoft.Extensions.Logging;
using RtpProxy.Lines;

namespace RtpProxy.Hosting;

/// <summary>Every line that this project logs by itself.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1004, Message = "{Count} times again in {Seconds} seconds: {Text}")]
    public static partial void FaultRepeated(ILogger logger, LogLevel level, long count, int seconds, string text);

    [LoggerMessage(1105, LogLevel.Debug, "received command \"{Command}\"")]
    public static partial void CommandReceived(ILogger logger, PeerText command);

    [LoggerMessage(1111, LogLevel.Debug, "a message of the ng protocol without a cookie gets no answer: \"{Message}\"")]
    public static partial void NgMessageWithoutCookie(ILogger logger, PeerText message);

    [LoggerMessage(1106, LogLevel.Debug, "sending reply \"{Reply}\"")]
    public static partial void ReplySent(ILogger logger, PeerText reply);

    [LoggerMessage(1402, LogLevel.Warning, "can't raise the limit of open files: {Reason}")]
    public static partial void LimitNotRaised(ILogger logger, string reason);

    [LoggerMessage(1403, LogLevel.Warning, "{Sessions} sessions are active, which is more than 80% of what the limit of {Descriptors} open files allows")]
    public static partial void NearDescriptorLimit(ILogger logger, int sessions, long descriptors);

    [LoggerMessage(1404, LogLevel.Critical, "the control socket {Socket} ended by a defect")]
    public static partial void EndpointFault(ILogger logger, string socket, Exception defect);

    [LoggerMessage(1406, LogLevel.Warning, "{Clients} clients are at the admin socket, which are as many as may be: another one is closed")]
    public static partial void AdminFull(ILogger logger, int clients);

    [LoggerMessage(1407, LogLevel.Warning, "a client of the admin socket has not read for {Seconds} seconds: it is closed")]
    public static partial void AdminClientDoesNotRead(ILogger logger, int seconds);

    [LoggerMessage(1408, LogLevel.Critical, "a client of the admin socket met a defect")]
    public static partial void AdminDefect(ILogger logger, Exception defect);

    [LoggerMessage(1409, LogLevel.Information, "the admin socket asks for the end with the last session")]
    public static partial void AdminDrains(ILogger logger);

    [LoggerMessage(1421, LogLevel.Error, "digits come faster than they can be told to --dtmf-log-dest: some are not told")]
    public static partial void DigitQueueFull(ILogger logger);

    [LoggerMessage(1422, LogLevel.Warning, "can't tell a digit to {Target}: {Reason}")]
    public static partial void DigitNotSent(ILogger logger, System.Net.IPEndPoint target, string reason);

    [LoggerMessage(1424, LogLevel.Warning, "no call begins: {Measured:0.##} is more than the {Limit:0.##} of --{Option}")]
    public static partial void LoadIsTooHigh(ILogger logger, string option, double measured, double limit);

    [LoggerMessage(1425, LogLevel.Information, "calls begin again: the machine is less busy")]
    public static partial void LoadIsBack(ILogger logger);

    [LoggerMessage(1426, LogLevel.Error, "calls time out faster than they can be told to --b2b-url: some are not told")]
    public static partial void TeardownQueueFull(ILogger logger);

    [LoggerMessage(1427, LogLevel.Warning, "can't tell {Target} that a call has timed out: {Reason}")]
    public static partial void TeardownNotSent(ILogger logger, Teardown.TeardownTarget target, string reason);

    [LoggerMessage(1430, LogLevel.Information, "the admin socket asks for an upgrade")]
    public static partial void AdminUpgrades(ILogger logger);

    [LoggerMessage(1405, LogLevel.Critical, "housekeeping met a defect and goes on")]
    public static partial void HousekeepingFault(ILogger logger, Exception defect);

    [LoggerMessage(1411, LogLevel.Error, "collectors get no more reports of streams that are up")]
    public static partial void StreamReportsEnded(ILogger logger, Exception defect);

    [LoggerMessage(1412, LogLevel.Information, "{Sessions} sessions go on where the process before this one was, after {Milliseconds:F1} ms")]
    public static partial void GoesOn(ILogger logger, int sessions, double milliseconds);

    [LoggerMessage(1413, LogLevel.Error, "no session goes on where the process before this one was: {Reason}")]
    public static partial void NothingKept(ILogger logger, string reason);

    [LoggerMessage(1414, LogLevel.Error, "a session of worker {Worker}, number {Serial}, cannot be read and ends here: {Fault}")]
    public static partial void SessionUnreadable(ILogger logger, int worker, long serial, Relay.Snapshots.SnapshotFault fault);

    [LoggerMessage(1415, LogLevel.Error, "{CallId}: the session ends here, its ports are gone")]
    public static partial void SessionNotGoneOnWith(ILogger logger, PeerText callId);

    [LoggerMessage(1416, LogLevel.Critical, "{CallId}: the session is given up, since it may be what {Deaths} processes died of within a minute")]
    public static partial void SessionGivenUp(ILogger logger, PeerText callId, int deaths);

    [LoggerMessage(1417, LogLevel.Critical, "all sessions are given up: {Deaths} processes died within a minute, and another after the session was given up that might have been the cause")]
    public static partial void AllGivenUp(ILogger logger, int deaths);

    [LoggerMessage(1418, LogLevel.Error, "worker {Worker} cannot read {Slots} of the sessions that were kept: they end here")]
    public static partial void SlotsDamaged(ILogger logger, int worker, int slots);

    [LoggerMessage(1419, LogLevel.Warning, "{Sessions} sessions would not outlive this process: there is no room to keep them")]
    public static partial void SessionsUnkept(ILogger logger, int sessions);

    [LoggerMessage(1420, LogLevel.Warning, "there are {Workers} workers and not {Wanted} as the options say: calls stay with the workers that they have, until the next stop and start")]
    public static partial void WorkersStay(ILogger logger, int workers, int wanted);
}
