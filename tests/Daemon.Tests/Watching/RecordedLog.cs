using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Watching;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog : ILogger, ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public async Task<string> WaitForAsync(string text)
    {
        await Eventually.TrueAsync(() => Lines.Any(line => line.Contains(text, StringComparison.Ordinal)), $"a line with \"{text}\"");
        return Lines.First(line => line.Contains(text, StringComparison.Ordinal));
    }

    public int Count(string text) => Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
