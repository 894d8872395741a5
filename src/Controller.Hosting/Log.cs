using Microsoft.Extensions.Logging;

namespace RtpProxy.Controller.Hosting;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "listening for lost media on {Socket}")]
    public static partial void Listening(ILogger logger, string socket);

    [LoggerMessage(102, LogLevel.Error, "{Handler} failed to take a notice of lost media")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string handler);

    [LoggerMessage(103, LogLevel.Information, "the relays were replaced by those of the changed configuration, {Count}")]
    public static partial void Replaced(ILogger logger, int count);

    [LoggerMessage(104, LogLevel.Error, "the changed configuration is not taken: {Failures}")]
    public static partial void NotReplaced(ILogger logger, string failures);
}
