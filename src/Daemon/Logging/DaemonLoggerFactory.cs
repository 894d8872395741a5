using Microsoft.Extensions.Logging;

namespace RtpProxy.Daemon.Logging;

/// <summary>
/// The log of the daemon. One level and one form for all categories, so one logger serves them all, and the larger
/// factory of Microsoft.Extensions.Logging with its filters and providers has nothing to add.
/// </summary>
internal sealed class DaemonLoggerFactory(LogLevel level, LogWriter writer) : ILoggerFactory
{
    private readonly DaemonLogger _logger = new(level, writer);

    public ILogger CreateLogger(string categoryName) => _logger;

    /// <summary>Not offered: where lines go is decided when the writer is made.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <summary>Writes out what is queued.</summary>
    public void Dispose() => writer.Dispose();
}
