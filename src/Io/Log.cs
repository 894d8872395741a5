using System.Net;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io;

/// <summary>Every line that this project logs by itself.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "no more descriptors for media ports: {Reason}, {Open} sockets are open in this worker, {Repeats} further failures since the last line")]
    public static partial void DescriptorsExhausted(ILogger logger, string reason, int open, long repeats);

    [LoggerMessage(1002, LogLevel.Error, "can't bind to {Address}: {Reason}, {Repeats} further failures since the last line")]
    public static partial void AddressUnusable(ILogger logger, IPAddress address, string reason, long repeats);

    [LoggerMessage(1003, LogLevel.Critical, "worker {Worker} met a defect and goes on, {Repeats} further ones since the last line")]
    public static partial void WorkerFault(ILogger logger, int worker, long repeats, Exception defect);

    [LoggerMessage(1101, LogLevel.Error, "can't accept connections on {Socket}: {Reason}, {Repeats} further failures since the last line")]
    public static partial void AcceptFailed(ILogger logger, string socket, string reason, long repeats);

    [LoggerMessage(1102, LogLevel.Error, "can't receive on {Socket}: {Reason}, {Repeats} further failures since the last line")]
    public static partial void ControlReceiveFailed(ILogger logger, string socket, string reason, long repeats);

    [LoggerMessage(1103, LogLevel.Critical, "a command on {Socket} met a defect")]
    public static partial void CommandFault(ILogger logger, string socket, Exception defect);

    [LoggerMessage(1104, LogLevel.Warning, "can't remove the control socket {Path}: {Reason}")]
    public static partial void SocketFileStays(ILogger logger, string path, string reason);
}
