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
}
