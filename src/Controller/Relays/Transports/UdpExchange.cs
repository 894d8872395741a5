namespace RtpProxy.Controller.Relays.Transports;

/// <summary>One command on its way over UDP: its datagram, its transmissions, its reply.</summary>
internal sealed class UdpExchange : IDisposable
{
    private readonly TaskCompletionSource<RelayReply> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly UdpChannel _channel;
    private readonly ITimer _timer;
    private int _transmissions;

    public UdpExchange(UdpChannel channel, byte[] datagram, TimeProvider time)
    {
        _channel = channel;
        Datagram = datagram;
        _timer = time.CreateTimer(
            static state =>
            {
                var exchange = (UdpExchange)state!;
                exchange._channel.OnSilence(exchange);
            },
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cookie, blank and command; the same bytes in every transmission.</summary>
    public byte[] Datagram { get; }

    public Task<RelayReply> Completion => _completion.Task;

    /// <summary>How often the datagram has been sent so far.</summary>
    public int Transmissions => Volatile.Read(ref _transmissions);

    /// <summary>Counts a transmission and awaits its reply for <paramref name="patience"/>.</summary>
    public void OnTransmitting(TimeSpan patience)
    {
        Interlocked.Increment(ref _transmissions);
        _timer.Change(patience, Timeout.InfiniteTimeSpan);
    }

    public void Complete(RelayReply reply) => _completion.TrySetResult(reply);

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    public void Dispose() => _timer.Dispose();
}
