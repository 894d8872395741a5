using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>
/// One connected UDP socket and the commands that await replies on it, any number at a time, paired by cookie. Late,
/// repeated and foreign datagrams find no command that waits for them and are dropped.
/// </summary>
/// <remarks>
/// Thread-safe. The socket is connected, so the kernel hands over nothing but datagrams from the node, and tells of a
/// port that nobody listens on (ICMP), which ends all waiting at once.
/// </remarks>
internal sealed class UdpChannel : IChannel
{
    private const int ReceiveBufferLength = 16_384; // Replies are 1,023 bytes at most (control protocol, section 2.2).

    private readonly ConcurrentDictionary<ulong, UdpExchange> _pending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly CookieSource _cookies;
    private readonly RelayClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Task _receiving;
    private volatile bool _isOpen = true;
    private volatile SocketException? _lastProblem;
    private int _silentCommands;
    private long _heardAt; // 0: never

    public UdpChannel(Socket socket, CookieSource cookies, RelayClientOptions options, TimeProvider time)
    {
        _socket = socket;
        _cookies = cookies;
        _options = options;
        _time = time;
        _receiving = ReceiveAsync();
    }

    public bool IsOpen => _isOpen;

    /// <summary>What the kernel said last; null if nothing ever.</summary>
    public SocketException? LastProblem => _lastProblem;

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        ulong number = _cookies.Next();
        using var exchange = new UdpExchange(this, _cookies.Compose(number, command.Span), _time);
        _pending[number] = exchange;
        try
        {
            if (!_isOpen)
            {
                return RelayReply.Failed(RelayFailure.Unreachable);
            }

            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((UdpExchange)state!).Cancel(token), exchange);
            await TransmitAsync(exchange).ConfigureAwait(false);
            return await exchange.Completion.ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(number, out _);
        }
    }

    /// <summary>A transmission has waited its time: send again, or give up.</summary>
    public void OnSilence(UdpExchange exchange)
    {
        int transmissions = exchange.Transmissions;
        int silent = HeardMeanwhile() ? 0
            : transmissions == 1 ? Interlocked.Increment(ref _silentCommands)
            : Volatile.Read(ref _silentCommands);
        bool spent = transmissions >= _options.Transmissions;
        if (spent)
        {
            exchange.Complete(RelayReply.Failed(RelayFailure.NoReply));
        }

        // The breaker: several commands waited in vain and nothing at all was heard meanwhile. Those behind them would
        // only wait for the same nothing. A node that has spoken lost some datagrams at the most: a busy one's socket overflows.
        if (silent >= _options.SilentCommandsUntilGivenUp || (spent && silent > 0))
        {
            FailAll(RelayFailure.NoReply);
        }
        else if (!spent)
        {
            _ = TransmitAsync(exchange);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _receiving.ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    private async Task TransmitAsync(UdpExchange exchange)
    {
        try
        {
            exchange.OnTransmitting(_options.ReplyTimeout);
            try
            {
                await _socket.SendAsync(exchange.Datagram, SocketFlags.None, _stop.Token).ConfigureAwait(false);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                // The error belongs to an earlier datagram, and this one was not sent (udp(7)).
                await _socket.SendAsync(exchange.Datagram, SocketFlags.None, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _lastProblem = e as SocketException ?? _lastProblem;
            exchange.Complete(RelayReply.Failed(RelayFailure.Unreachable));
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[ReceiveBufferLength];
        try
        {
            while (true)
            {
                try
                {
                    int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token).ConfigureAwait(false);
                    OnDatagram(buffer.AsSpan(0, length));
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
                {
                    _lastProblem = e;
                    FailAll(RelayFailure.Unreachable);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _lastProblem = e as SocketException ?? _lastProblem;
            _isOpen = false;
            FailAll(RelayFailure.Unreachable);
            _socket.Dispose();
        }
    }

    private void OnDatagram(ReadOnlySpan<byte> datagram)
    {
        if (!_cookies.TrySplit(datagram, out ulong number, out ReadOnlySpan<byte> text))
        {
            return;
        }

        Volatile.Write(ref _heardAt, _time.GetTimestamp());
        Volatile.Write(ref _silentCommands, 0);
        if (_pending.TryGetValue(number, out UdpExchange? exchange))
        {
            exchange.Complete(RelayReply.From(Encoding.Latin1.GetString(text)));
        }
    }

    private bool HeardMeanwhile() =>
        Volatile.Read(ref _heardAt) is var heard and not 0 && _time.GetElapsedTime(heard) < _options.ReplyTimeout;

    private void FailAll(RelayFailure failure)
    {
        foreach (UdpExchange exchange in _pending.Values)
        {
            exchange.Complete(RelayReply.Failed(failure));
        }
    }
}
