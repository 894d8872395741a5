using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLogger : ILogger
{
    public ConcurrentQueue<(LogLevel Level, int Id, string Text)> Lines { get; } = new();

    public IEnumerable<string> Texts => Lines.Select(line => line.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));
}
