using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Tests.Keeping;

/// <summary>Keeps what is logged; and whoever logs a certain text stays there, as if its process had been stopped in mid-work.</summary>
internal sealed class StallingLogger : ILogger
{
    private readonly RecordingLogger _kept = new();
    private readonly TaskCompletionSource _stall = new();
    private readonly TaskCompletionSource _go = new();

    /// <summary>Null for none.</summary>
    public string? StallsAt { get; set; }

    public IEnumerable<string> Texts => _kept.Texts;

    /// <summary>Until somebody has logged that text.</summary>
    public void AwaitStall() => _stall.Task.Wait(TimeSpan.FromSeconds(20)).ShouldBeTrue();

    public void GoOn() => _go.TrySetResult();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _kept.Log(logLevel, eventId, state, exception, formatter);
        if (StallsAt is { } text && formatter(state, exception).Contains(text, StringComparison.Ordinal))
        {
            _stall.TrySetResult();
            _go.Task.Wait();
        }
    }
}
