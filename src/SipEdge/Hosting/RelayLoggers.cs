using Microsoft.Extensions.Logging;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>
/// The log of the relay in this process, in the log of the proxy. What a relay tells of each of its sessions, a dozen lines
/// for a call, is for those who look for something: it is logged a level lower.
/// </summary>
internal sealed class RelayLoggers(ILogger proxy) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RelayLogger(proxy);

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("There is one log, and it is open already.");

    public void Dispose()
    {
    }

    private sealed class RelayLogger(ILogger proxy) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => proxy.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => proxy.IsEnabled(Lower(logLevel));

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            LogLevel lower = Lower(logLevel);
            if (proxy.IsEnabled(lower))
            {
                proxy.Log(lower, eventId, state, exception, formatter);
            }
        }

        private static LogLevel Lower(LogLevel level) => level == LogLevel.Information ? LogLevel.Debug : level;
    }
}
