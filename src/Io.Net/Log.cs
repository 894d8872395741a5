using System.Net;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net;

/// <summary>Every line that this project logs by itself.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "no more descriptors for media ports: {Reason}, {Open} sockets are open in this worker")]
    public static partial void DescriptorsExhausted(ILogger logger, string reason, int open);

    [LoggerMessage(1002, LogLevel.Error, "can't bind to {Address}: {Reason}")]
    public static partial void AddressUnusable(ILogger logger, IPAddress address, string reason);

    [LoggerMessage(1003, LogLevel.Critical, "worker {Worker} met a defect and goes on")]
    public static partial void WorkerFault(ILogger logger, int worker, Exception defect);

    [LoggerMessage(1101, LogLevel.Error, "can't accept connections on {Socket}: {Reason}")]
    public static partial void AcceptFailed(ILogger logger, string socket, string reason);

    [LoggerMessage(1102, LogLevel.Error, "can't receive on {Socket}: {Reason}")]
    public static partial void ControlReceiveFailed(ILogger logger, string socket, string reason);

    [LoggerMessage(1103, LogLevel.Critical, "a command on {Socket} met a defect")]
    public static partial void CommandFault(ILogger logger, string socket, Exception defect);

    [LoggerMessage(1104, LogLevel.Warning, "can't remove the control socket {Path}: {Reason}")]
    public static partial void SocketFileStays(ILogger logger, string path, string reason);

    [LoggerMessage(1108, LogLevel.Warning, "the port of {Socket} is still held by connections of a daemon that has ended: trying for {Seconds} seconds")]
    public static partial void PortLingers(ILogger logger, string socket, int seconds);

    [LoggerMessage(1107, LogLevel.Warning, "a datagram on {Socket} came from {Source}, a media port of our own: not obeyed")]
    public static partial void MediaIsNoCommand(ILogger logger, string socket, string source);

    [LoggerMessage(1109, LogLevel.Critical, "work on a thread for {Lane} met a defect")]
    public static partial void LaneFault(ILogger logger, string lane, Exception defect);

    [LoggerMessage(1110, LogLevel.Critical, "the thread of the control sockets met a defect and goes on")]
    public static partial void ControlLoopFault(ILogger logger, Exception defect);

    [LoggerMessage(1201, LogLevel.Error, "can't connect to the notification target {Target}: {Reason}")]
    public static partial void NoticeConnectFailed(ILogger logger, string target, string reason);

    [LoggerMessage(1202, LogLevel.Error, "can't send to the notification target {Target}: {Reason}")]
    public static partial void NoticeSendFailed(ILogger logger, string target, string reason);

    [LoggerMessage(1203, LogLevel.Error, "unable to send timeout notification to {Target}")]
    public static partial void NoticeLost(ILogger logger, string target);

    [LoggerMessage(1206, LogLevel.Warning, "the notification target {Target} closed the connection{From} as soon as it was open: it may not take notifications from this address")]
    public static partial void NoticeConnectionClosed(ILogger logger, string target, string from);

    [LoggerMessage(1204, LogLevel.Error, "the notification target {Target} is too slow: notifications are being dropped")]
    public static partial void NoticeQueueFull(ILogger logger, string target);

    [LoggerMessage(1205, LogLevel.Error, "more than {Max} notification targets: a controller gets no notifications")]
    public static partial void TooManyNoticeTargets(ILogger logger, int max);

    [LoggerMessage(1211, LogLevel.Information, "connected to the collector {Target}")]
    public static partial void CollectorConnected(ILogger logger, string target);

    [LoggerMessage(1212, LogLevel.Warning, "can't connect to the collector {Target}: {Reason}; trying again in {Seconds} s")]
    public static partial void CollectorAway(ILogger logger, string target, string reason, double seconds);

    [LoggerMessage(1213, LogLevel.Warning, "the connection to the collector {Target} is lost: {Reason}")]
    public static partial void CollectorLost(ILogger logger, string target, string reason);

    [LoggerMessage(1214, LogLevel.Warning, "the collector {Target} did not get {Count} packets: it is away, or too slow")]
    public static partial void CollectorMissed(ILogger logger, string target, long count);

    [LoggerMessage(1215, LogLevel.Warning, "rtcp2json() failed: -1")]
    public static partial void RtcpNotUnderstood(ILogger logger);

    [LoggerMessage(1216, LogLevel.Critical, "the way to the collector {Target} met a defect and goes on")]
    public static partial void CollectorFault(ILogger logger, string target, Exception defect);
}
