namespace RtpProxy.Controller.Relays.Transports;

/// <summary>One command on a kept stream connection: its place in the line, and its reply.</summary>
/// <remarks>
/// The place outlives the caller: one who gives up leaves it behind, and the reply that comes for it is dropped. So the
/// timer runs until the reply is there or the connection is gone.
/// </remarks>
internal sealed class StreamExchange : IDisposable
{
    private readonly TaskCompletionSource<RelayReply> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StreamChannel _channel;
    private readonly ITimer _timer;
    private volatile bool _isAnswered;

    public StreamExchange(StreamChannel channel, ReplyFraming framing, TimeSpan patience, TimeProvider time)
    {
        Framing = framing;
        _channel = channel;
        _timer = time.CreateTimer(
            static state => ((StreamExchange)state!).OnSilence(), this, patience, Timeout.InfiniteTimeSpan);
    }

    public ReplyFraming Framing { get; }

    public Task<RelayReply> Completion => _completion.Task;

    public void Complete(RelayReply reply)
    {
        _isAnswered = true;
        _timer.Dispose();
        _completion.TrySetResult(reply);
    }

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    public void Dispose() => _timer.Dispose();

    private void OnSilence()
    {
        if (!_isAnswered)
        {
            _channel.OnSilence();
        }
    }
}
