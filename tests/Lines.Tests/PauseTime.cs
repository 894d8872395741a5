using System.Threading.Channels;

namespace RtpProxy.Lines.Tests;

/// <summary>A clock on which pauses last until a test has them pass.</summary>
internal sealed class PauseTime : TimeProvider
{
    private readonly Channel<(TimeSpan Length, Action Pass)> _pauses = Channel.CreateUnbounded<(TimeSpan, Action)>();

    /// <summary>Waits until there is a pause, and ends it. Returns its milliseconds.</summary>
    public async Task<double> PassNextAsync()
    {
        (TimeSpan length, Action pass) = await _pauses.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        pass();
        return length.TotalMilliseconds;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _pauses.Writer.TryWrite((dueTime, () => callback(state)));
        return new Pause();
    }

    private sealed class Pause : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
