using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.Notices;

/// <summary>The way to one target: a bounded queue, and the connection that what is in it leaves by (control protocol, section 7.4).</summary>
/// <remarks>Posting is thread-safe; a single task sends, from the first message on.</remarks>
internal sealed class NoticeChannel : IAsyncDisposable
{
    private const int MaxQueued = 4096;
    private const int MaxReopenings = 3;

    // What is still queued when the daemon ends gets this long: the original ends within about a second.
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(400);

    private readonly string _name;
    private readonly NoticeConnection _connection;
    private readonly ILogger _logger;
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _sending;
    private long _sent;
    private long _dropped;
    private int _isFull;

    /// <inheritdoc cref="NoticeConnection(string, EndPoint?, IPAddress?, ILogger, CancellationToken)" path="/param"/>
    public NoticeChannel(string name, EndPoint? remote, IPAddress? local, ILogger logger)
    {
        _name = name;
        _logger = logger;
        _connection = new NoticeConnection(name, remote, local, logger, _stop.Token);
    }

    /// <summary>The target as the option names it.</summary>
    public required string Configured { get; init; }

    /// <summary>Messages that the target's system took.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Messages lost because the queue was full or the target could not be reached.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Post(byte[] message)
    {
        if (_queue.Writer.TryWrite(message))
        {
            Volatile.Write(ref _isFull, 0);
            EnsureSending();
            return;
        }

        Interlocked.Increment(ref _dropped);
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            Log.NoticeQueueFull(_logger, _name);
        }
    }

    /// <summary>Takes no more messages, and gives those that are queued a moment to leave.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        Task? sending;
        lock (_lock)
        {
            sending = _sending;
        }

        if (sending is not null)
        {
            _stop.CancelAfter(FarewellPatience);
            await sending.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private void EnsureSending()
    {
        if (Volatile.Read(ref _sending) is not null)
        {
            return;
        }

        lock (_lock)
        {
            _sending ??= Task.Run(SendAllAsync);
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            Task<bool> more = _queue.Reader.WaitToReadAsync(_stop.Token).AsTask();
            while (await more.ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out byte[]? message))
                {
                    await SendAsync(message).ConfigureAwait(false);
                }

                more = _queue.Reader.WaitToReadAsync(_stop.Token).AsTask();
                await _connection.WatchAsync(more).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, with messages left.
        }
        finally
        {
            _connection.Close();
        }
    }

    private async Task SendAsync(byte[] message)
    {
        for (int attempt = 0; attempt <= MaxReopenings && await _connection.TryOpenAsync().ConfigureAwait(false); attempt++)
        {
            if (await _connection.TrySendAsync(message).ConfigureAwait(false))
            {
                Interlocked.Increment(ref _sent);
                return;
            }
        }

        Log.NoticeLost(_logger, _name);
        Interlocked.Increment(ref _dropped);
    }
}
