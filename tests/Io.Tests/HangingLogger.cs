using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Tests;

/// <summary>Whoever logs waits until it is released.</summary>
internal sealed class HangingLogger : ILogger, IDisposable
{
    private readonly ManualResetEventSlim _released = new();
    private int _lines;

    public int Lines => Volatile.Read(ref _lines);

    public void Release() => _released.Set();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _lines);
        _released.Wait();
    }

    public void Dispose() => _released.Dispose();
}
