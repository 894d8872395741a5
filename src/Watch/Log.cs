using System.Net;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Watch;

/// <summary>Everything that the program says while it runs.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information, "page, metrics and health at {Address}")]
    public static partial void Listening(this ILogger logger, string address);

    [LoggerMessage(7005, LogLevel.Information, "ng over HTTP and WebSocket at {Address}, for the relay at {Relay}")]
    public static partial void ListeningForNg(this ILogger logger, string address, IPEndPoint relay);

    [LoggerMessage(7002, LogLevel.Information, "{Node}: rtpproxy {Version} with pid {Pid} answers")]
    public static partial void NodeUp(this ILogger logger, string node, string version, int pid);

    [LoggerMessage(7003, LogLevel.Warning, "{Node} is away: {Fault}")]
    public static partial void NodeAway(this ILogger logger, string node, string fault);

    [LoggerMessage(7004, LogLevel.Warning, "{Node}: {Histogram} grew by {Count} values at once; they are left out of it")]
    public static partial void HistogramSkipped(this ILogger logger, string node, string histogram, ulong count);
}
