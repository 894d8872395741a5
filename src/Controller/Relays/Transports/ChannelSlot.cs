namespace RtpProxy.Controller.Relays.Transports;

/// <summary>
/// Keeps one channel and opens the next when it is gone. Callers that come while it is being opened share the attempt;
/// a failed attempt is forgotten, so that the next caller tries again.
/// </summary>
/// <remarks>Thread-safe. Owns the channel.</remarks>
internal sealed class ChannelSlot<TChannel>(Func<CancellationToken, Task<TChannel>> open, TimeSpan patience, TimeProvider time)
    : IAsyncDisposable
    where TChannel : class, IChannel
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<TChannel>? _current;
    private bool _isDisposed;

    /// <summary>An open channel. The exception of a failed attempt is thrown to all who waited for it.</summary>
    public Task<TChannel> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current is null || IsGone(_current))
            {
                Task<TChannel>? previous = _current;
                _current = RunForAll(() => ReplaceAsync(previous));
            }

            return _current.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<TChannel>? last;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _stop.Cancel();
            last = _current;
            _current = null;
        }

        await DisposeAsync(last).ConfigureAwait(false);
        _stop.Dispose();
    }

    // The channel outlives the caller who needed it first: nothing that flows with that one's request may be kept by its loops.
    private static Task<TChannel> RunForAll(Func<Task<TChannel>> open)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Task.Run(open, CancellationToken.None);
        }

        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        return Task.Run(open, CancellationToken.None);
    }

    private static bool IsGone(Task<TChannel> attempt) =>
        attempt.IsCompleted && !(attempt.IsCompletedSuccessfully && attempt.Result.IsOpen);

    private async Task<TChannel> ReplaceAsync(Task<TChannel>? previous)
    {
        await DisposeAsync(previous).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        return await open(either.Token).ConfigureAwait(false);
    }

    private static async Task DisposeAsync(Task<TChannel>? attempt)
    {
        if (attempt is null)
        {
            return;
        }

        await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (attempt.IsCompletedSuccessfully)
        {
            await attempt.Result.DisposeAsync().ConfigureAwait(false);
        }
    }
}
