using System.Globalization;
using Microsoft.Extensions.Logging;

namespace RtpProxy.SipEdge;

/// <summary>Logs to standard error, a line for each message: time, level, text. Exceptions follow in full.</summary>
internal sealed class ErrorLog(LogLevel least, TextWriter target, TimeProvider time) : ILogger
{
    private readonly Lock _gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel.ToString().ToUpperInvariant()} {formatter(state, exception)}");
        lock (_gate)
        {
            target.WriteLine(exception is null ? line : $"{line}{Environment.NewLine}{exception}");
        }
    }
}
