using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RtpProxy.SipEdge;

/// <summary>
/// Logs to standard error, a line for each message: time, level, text; exceptions follow in full. Lines wait in a bounded
/// queue, so that a terminal or a journal that has stopped reading delays no call; what does not fit is counted and told.
/// </summary>
internal sealed class ErrorLog : ILogger, IAsyncDisposable
{
    private const int MaxWaiting = 4_096;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _lines =
        Channel.CreateBounded<string>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly LogLevel _least;
    private readonly TextWriter _target;
    private readonly TimeProvider _time;
    private readonly Task _writing;
    private long _lost;

    public ErrorLog(LogLevel least, TextWriter target, TimeProvider time)
    {
        _least = least;
        _target = target;
        _time = time;
        _writing = Task.Run(WriteAsync);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string line = Line(logLevel, formatter(state, exception));
        if (!_lines.Writer.TryWrite(exception is null ? line : $"{line}{Environment.NewLine}{exception}"))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Writes what waits, but does not wait for ever for a reader that has stopped reading.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(FarewellTime, _time)).ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        await foreach (string line in _lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await _target.WriteLineAsync(line).ConfigureAwait(false);
            long lost = Interlocked.Exchange(ref _lost, 0);
            if (lost > 0)
            {
                string count = lost.ToString(CultureInfo.InvariantCulture);
                await _target
                    .WriteLineAsync(Line(LogLevel.Warning, $"{count} lines were lost here: they came faster than they could be written"))
                    .ConfigureAwait(false);
            }
        }
    }

    private string Line(LogLevel level, string text) => string.Create(
        CultureInfo.InvariantCulture, $"{_time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {level.ToString().ToUpperInvariant()} {text}");
}
