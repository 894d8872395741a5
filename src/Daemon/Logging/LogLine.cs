using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Options;

namespace RtpProxy.Daemon.Logging;

/// <summary>The form of a log line: <c>LEVEL:CALLID:FUNCTION:LINE: MESSAGE</c> (control protocol, section 10.7).</summary>
internal static class LogLine
{
    /// <summary>The argument of a log message that names the call concerned; in any case.</summary>
    public const string CallIdName = "CallId";

    private const string NoCall = "GLOBAL";

    /// <param name="eventId">Name and number of the message stand for FUNCTION and LINE: they name a place in the program.</param>
    /// <param name="callId">Null if no call is concerned.</param>
    /// <param name="exception">Told behind the message; null if there is none.</param>
    public static string Compose(LogLevel level, EventId eventId, string? callId, string message, Exception? exception)
    {
        StringBuilder line = new(LogNames.Word(level), 128);
        line.Append(':');
        AppendEscaped(line, string.IsNullOrEmpty(callId) ? NoCall : callId);
        line.Append(CultureInfo.InvariantCulture, $":{eventId.Name ?? "-"}:{eventId.Id}: ");
        AppendEscaped(line, message);
        if (exception is not null)
        {
            line.Append(": ");
            AppendEscaped(line, Describe(exception));
        }

        return line.ToString();
    }

    // What went wrong outside is one sentence; what should not happen at all shows where it happened.
    private static string Describe(Exception exception) =>
        exception is IOException or System.ComponentModel.Win32Exception or UnauthorizedAccessException
            ? exception.Message
            : exception.ToString();

    // A line stays a line and a terminal is not commanded, whatever a peer managed to get into a message.
    private static void AppendEscaped(StringBuilder line, string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when char.IsControl(c) => line.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => line.Append(c),
            };
        }
    }
}
