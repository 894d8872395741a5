using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Options;
using RtpProxy.Lines;

namespace RtpProxy.Daemon.Logging;

/// <summary>The form of a log line: <c>LEVEL:CALLID:FUNCTION:LINE: MESSAGE</c> (control protocol, section 10.7).</summary>
internal static class LogLine
{
    /// <summary>The argument of a log message that names the call concerned; in any case.</summary>
    public const string CallIdName = "CallId";

    private const string NoCall = "GLOBAL";

    /// <param name="eventId">Name and number of the message stand for FUNCTION and LINE: they name a place in the program.</param>
    /// <param name="callId">Null if no call is concerned.</param>
    /// <param name="message">What peers made up in it is safe already, as in <paramref name="callId"/> (<see cref="PeerText"/>).</param>
    /// <param name="exception">Told behind the message; null if there is none.</param>
    public static string Compose(LogLevel level, EventId eventId, string? callId, string message, Exception? exception)
    {
        string call = string.IsNullOrEmpty(callId) ? NoCall : callId;
        string text = exception is null ? message : $"{message}: {new PeerText(Describe(exception))}"; // it has many lines
        return string.Create(
            CultureInfo.InvariantCulture, $"{LogNames.Word(level)}:{call}:{eventId.Name ?? "-"}:{eventId.Id}: {text}");
    }

    // What went wrong outside is one sentence; what should not happen at all shows where it happened.
    private static string Describe(Exception exception) =>
        exception is IOException or System.ComponentModel.Win32Exception or UnauthorizedAccessException
            ? exception.Message
            : exception.ToString();
}
