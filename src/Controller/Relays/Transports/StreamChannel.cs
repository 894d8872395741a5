using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Lines;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>
/// One kept stream connection. Commands are written as they come, without waiting for each other's replies; replies
/// belong to commands by order alone. Whatever breaks the order closes the connection: a reply that nobody asked for,
/// one without an end, and a command that was not answered in time.
/// </summary>
/// <remarks>Thread-safe. Two loops, one reading and one writing; both end when the connection does.</remarks>
internal sealed class StreamChannel : IChannel
{
    private const int MaxReplyLength = 16_384; // Replies are 1,023 bytes at most (control protocol, section 2.2).

    private readonly Lock _gate = new();
    private readonly Queue<StreamExchange> _awaiting = new();
    private readonly SemaphoreSlim _written = new(0);
    private readonly Socket _socket;
    private readonly RelayClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Task _reading;
    private readonly Task _writing;
    private ArrayBufferWriter<byte> _outgoing = new();
    private StreamExchange? _measured; // whose reply was looked for last
    private volatile bool _isOpen = true;
    private volatile bool _hasAnswered;

    public StreamChannel(Socket socket, RelayClientOptions options, TimeProvider time)
    {
        _socket = socket;
        _options = options;
        _time = time;
        _reading = ReadAsync();
        _writing = WriteAsync();
    }

    public bool IsOpen => _isOpen;

    /// <summary>The peer has answered a command here: it lived when the connection was opened.</summary>
    public bool HasAnswered => _hasAnswered;

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        var exchange = new StreamExchange(this, ReplyFraming.For(command.Span), _options.ReplyTimeout, _time);
        if (!TryEnqueue(exchange, command.Span))
        {
            exchange.Dispose();
            return RelayReply.Failed(RelayFailure.Unreachable);
        }

        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((StreamExchange)state!).Cancel(token), exchange);
        return await exchange.Completion.ConfigureAwait(false);
    }

    public void OnSilence() => Close(RelayFailure.NoReply);

    public async ValueTask DisposeAsync()
    {
        Close(RelayFailure.Unreachable);
        await Task.WhenAll(_reading, _writing).ConfigureAwait(false);
    }

    private bool TryEnqueue(StreamExchange exchange, ReadOnlySpan<byte> command)
    {
        lock (_gate)
        {
            if (!_isOpen)
            {
                return false;
            }

            // The line of those who wait and the bytes that go out are one order, hence one lock.
            _awaiting.Enqueue(exchange);
            _outgoing.Write(command);
            _outgoing.Write("\n"u8);
            _written.Release();
            return true;
        }
    }

    private async Task WriteAsync()
    {
        var sending = new ArrayBufferWriter<byte>();
        try
        {
            while (_isOpen)
            {
                await _written.WaitAsync().ConfigureAwait(false);
                lock (_gate)
                {
                    (sending, _outgoing) = (_outgoing, sending);
                }

                for (ReadOnlyMemory<byte> rest = sending.WrittenMemory; !rest.IsEmpty;)
                {
                    rest = rest[await _socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                }

                sending.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Close(RelayFailure.Unreachable);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var replies = new MessageReader(PipeReader.Create(new NetworkStream(_socket)), Measure, MaxReplyLength);
            while (await replies.ReadAsync().ConfigureAwait(false) is { IsWhole: true } reply && TryHandOver(reply.Bytes.Span))
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection is gone; what follows from that is the same as for a peer that closes it.
        }

        Close(RelayFailure.Unreachable);
    }

    // What nobody asked for is a message of its own, that it may be noticed at once.
    private long Measure(in ReadOnlySequence<byte> received, long seen)
    {
        lock (_gate)
        {
            _awaiting.TryPeek(out _measured);
        }

        long unasked = received.IsEmpty ? -1 : received.Length;
        return _measured?.Framing.Measure(received) ?? unasked;
    }

    /// <summary>Gives a reply to the first in line. False for bytes that nobody asked for.</summary>
    private bool TryHandOver(ReadOnlySpan<byte> reply)
    {
        lock (_gate)
        {
            if (_measured is null || !_isOpen)
            {
                return false;
            }

            _awaiting.Dequeue();
        }

        _hasAnswered = true;
        _measured.Complete(RelayReply.From(Encoding.Latin1.GetString(reply)));
        return true;
    }

    private void Close(RelayFailure failure)
    {
        StreamExchange[] orphans;
        lock (_gate)
        {
            if (!_isOpen)
            {
                return;
            }

            _isOpen = false;
            orphans = [.. _awaiting];
            _awaiting.Clear();
            _written.Release();
        }

        _socket.Dispose();
        foreach (StreamExchange orphan in orphans)
        {
            orphan.Complete(RelayReply.Failed(failure));
        }
    }
}
