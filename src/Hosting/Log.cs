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

    [LoggerMessage(1106, LogLevel.Debug, "sending reply \"{Reply}\"")]
    public static partial void ReplySent(ILogger logger, PeerText reply);

    [LoggerMessage(1401, LogLevel.Information, "{Workers} workers, {Descriptors} descriptors: {Sessions} sessions fit")]
    public static partial void Started(ILogger logger, int workers, long descriptors, int sessions);

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

    [LoggerMessage(1430, LogLevel.Information, "the admin socket asks for an upgrade")]
    public static partial void AdminUpgrades(ILogger logger);

    [LoggerMessage(1405, LogLevel.Critical, "housekeeping met a defect and goes on")]
    public static partial void HousekeepingFault(ILogger logger, Exception defect);

    [LoggerMessage(1411, LogLevel.Error, "collectors get no more reports of streams that are up")]
    public static partial void StreamReportsEnded(ILogger logger, Exception defect);
}
