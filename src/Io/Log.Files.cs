using Microsoft.Extensions.Logging;

namespace RtpProxy.Io;

/// <content>Recordings and prompts.</content>
#pragma warning disable SYSLIB1015 // The call-id is a value of the line, not of its text.
internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Error, "directory for saving local recordings is not configured")]
    public static partial void RecordingNotConfigured(ILogger logger, string callId);

    [LoggerMessage(1302, LogLevel.Error, "can't record into {Name}: expected the name of a file, without directories")]
    public static partial void RecordingNameRefused(ILogger logger, string callId, string name);

    [LoggerMessage(1303, LogLevel.Error, "can't open {Path} for writing: {Reason}")]
    public static partial void RecordingNotOpened(ILogger logger, string callId, string path, string reason);

    [LoggerMessage(1304, LogLevel.Error, "{Path}: error writing header: {Reason}")]
    public static partial void RecordingHeaderFailed(ILogger logger, string callId, string path, string reason);

    [LoggerMessage(1305, LogLevel.Error, "error while recording session ({Stream}): {Reason}")]
    public static partial void RecordingWriteFailed(ILogger logger, string callId, string stream, string reason);

    [LoggerMessage(1306, LogLevel.Error, "can't move session record from spool into permanent storage: {Reason}")]
    public static partial void RecordingStaysInSpool(ILogger logger, string callId, string reason);

    [LoggerMessage(1307, LogLevel.Warning, "recording into {Path} falls behind: the disk is too slow, records are being lost")]
    public static partial void RecordingFallsBehind(ILogger logger, string callId, string path);

    [LoggerMessage(1308, LogLevel.Warning, "recording into {Path} lost {Count} records")]
    public static partial void RecordsLost(ILogger logger, string callId, string path, long count);

    [LoggerMessage(1309, LogLevel.Error, "can't play {Path}: {Bytes} bytes, the limit is {MaxBytes}")]
    public static partial void PromptTooLarge(ILogger logger, string path, long bytes, long maxBytes);

    [LoggerMessage(1310, LogLevel.Error, "can't read {Path}: {Reason}")]
    public static partial void PromptUnreadable(ILogger logger, string path, string reason);
}
