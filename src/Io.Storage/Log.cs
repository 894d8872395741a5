using Microsoft.Extensions.Logging;
using RtpProxy.Lines;

namespace RtpProxy.Io.Storage;

/// <summary>Every line that this project logs.</summary>
#pragma warning disable SYSLIB1015 // The call-id is a value of the line, not of its text.
internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Error, "directory for saving local recordings is not configured")]
    public static partial void RecordingNotConfigured(ILogger logger, PeerText callId);

    [LoggerMessage(1302, LogLevel.Error, "can't record into {Name}: expected the name of a file, without directories")]
    public static partial void RecordingNameRefused(ILogger logger, PeerText callId, PeerText name);

    [LoggerMessage(1303, LogLevel.Error, "can't open {Path} for writing: {Reason}")]
    public static partial void RecordingNotOpened(ILogger logger, PeerText callId, PeerText path, string reason);

    [LoggerMessage(1304, LogLevel.Error, "{Path}: error writing header: {Reason}")]
    public static partial void RecordingHeaderFailed(ILogger logger, PeerText callId, PeerText path, string reason);

    [LoggerMessage(1305, LogLevel.Error, "error while recording session ({Stream}): {Reason}")]
    public static partial void RecordingWriteFailed(ILogger logger, PeerText callId, string stream, string reason);

    [LoggerMessage(1306, LogLevel.Error, "can't move session record from spool into permanent storage: {Reason}")]
    public static partial void RecordingStaysInSpool(ILogger logger, PeerText callId, string reason);

    [LoggerMessage(1307, LogLevel.Warning, "recording into {Path} falls behind: the disk is too slow, records are being lost")]
    public static partial void RecordingFallsBehind(ILogger logger, PeerText callId, PeerText path);

    [LoggerMessage(1308, LogLevel.Warning, "recording into {Path} lost {Count} records")]
    public static partial void RecordsLost(ILogger logger, PeerText callId, PeerText path, long count);

    [LoggerMessage(1311, LogLevel.Error, "can't record into {Path}: {Count} recordings of that name exist")]
    public static partial void RecordingNamesUsedUp(ILogger logger, PeerText callId, PeerText path, int count);

    [LoggerMessage(1312, LogLevel.Warning, "the spool {Spool} is on another file system than {Directory}: every recording is copied when it is complete")]
    public static partial void SpoolElsewhere(ILogger logger, string spool, string directory);

    [LoggerMessage(1313, LogLevel.Information, "moved {Count} recordings that an earlier run left in the spool {Spool}")]
    public static partial void LeftoversMoved(ILogger logger, int count, string spool);

    [LoggerMessage(1314, LogLevel.Error, "can't move {Path}, which an earlier run left in the spool: {Reason}")]
    public static partial void LeftoverStaysInSpool(ILogger logger, PeerText path, string reason);

    [LoggerMessage(1309, LogLevel.Error, "can't play {Path}: {Bytes} bytes, the limit is {MaxBytes}")]
    public static partial void PromptTooLarge(ILogger logger, PeerText path, long bytes, long maxBytes);

    [LoggerMessage(1310, LogLevel.Error, "can't read {Path}: {Reason}")]
    public static partial void PromptUnreadable(ILogger logger, PeerText path, string reason);

    [LoggerMessage(1315, LogLevel.Error, "can't write a record into {Target}: {Reason}")]
    public static partial void LineNotWritten(ILogger logger, string target, string reason);

    [LoggerMessage(1316, LogLevel.Warning, "{Count} records found no room in the queue to {Target}: the disk is too slow")]
    public static partial void LinesRefused(ILogger logger, string target, long count);

    [LoggerMessage(1318, LogLevel.Error, "{CallId}: can't go on with recording {Name}: {Reason}")]
    public static partial void RecordingNotGoneOnWith(ILogger logger, PeerText callId, PeerText name, string reason);

    [LoggerMessage(1317, LogLevel.Error, "records for {Target} are lost: the disk does not take them in time")]
    public static partial void LinesStuck(ILogger logger, string target);

    [LoggerMessage(1320, LogLevel.Error, "can't open {Target} for records: {Reason}; it is tried again for each of them")]
    public static partial void LinesNotOpened(ILogger logger, string target, string reason);

    [LoggerMessage(1319, LogLevel.Error, "can't play {Path}, which {Reason}")]
    public static partial void PromptNotConvertible(ILogger logger, PeerText path, string reason);
}
