using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net;

namespace RtpProxy.Daemon.Logging;

/// <summary>Turns messages of all parts of the program into lines for the <see cref="LogWriter"/>.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DaemonLogger(LogLevel level, LogWriter writer) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= level && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string text = LogLine.Compose(logLevel, eventId, FindCallId(state), formatter(state, exception), exception);
            writer.Write(new(logLevel, MonotonicClock.Now, text));
        }
    }

    private static string? FindCallId<TState>(TState state)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            foreach ((string name, object? value) in values)
            {
                if (name.Equals(LogLine.CallIdName, StringComparison.OrdinalIgnoreCase))
                {
                    return value?.ToString();
                }
            }
        }

        return null;
    }
}
