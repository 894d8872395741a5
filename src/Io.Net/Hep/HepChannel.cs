using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace RtpProxy.Io.Net.Hep;

/// <summary>
/// The way to one collector: a bounded queue, and a task that keeps a connection up and sends. A collector that is away or slow costs
/// packets, which are counted, and delays nobody.
/// </summary>
/// <remarks>Posting is thread-safe.</remarks>
public sealed class HepChannel : IAsyncDisposable
{
    /// <summary>Packets that may wait.</summary>
    public const int MaxQueued = 4096;

    private const int MaxPacketsPerTurn = 32;

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TellingPause = TimeSpan.FromSeconds(10);

    // What is still queued when the program ends gets this long.
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(300);

    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task? _sending;
    private Task<bool>? _more; // whether there is a packet; goes on from one connection to the next
    private long _lost;
    private long _toldLost;

    public HepChannel(HepTarget target, ILogger logger)
    {
        Target = target;
        _logger = logger;
    }

    public HepTarget Target { get; }

    /// <summary>Packets lost because the collector was away or slow.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Begins to connect, and to send.</summary>
    public void Start() => _sending = Task.Run(RunAsync);

    /// <summary>Has a packet sent soon.</summary>
    /// <param name="payload">Borrowed for the call.</param>
    public void Post(in HepHeader header, ReadOnlySpan<byte> payload)
    {
        if (HepPacket.TryMake(header, Target.CaptureId, payload) is not { } packet || !_queue.Writer.TryWrite(packet))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    /// <summary>Takes no more packets, and gives those that are queued a moment to leave.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(FarewellPatience);
        if (_sending is not null)
        {
            await _sending.ConfigureAwait(false);
        }

        TellLost();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        Task telling = TellNowAndThenAsync();
        TimeSpan pause = FirstPause;
        try
        {
            while (!_queue.Reader.Completion.IsCompleted)
            {
                if (await TryConnectAsync(pause).ConfigureAwait(false) is not { } link)
                {
                    await Task.Delay(pause, _stop.Token).ConfigureAwait(false);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    continue;
                }

                await using (link.ConfigureAwait(false))
                {
                    // A collector that takes connections and drops them is given pauses too.
                    bool hasSent = await SendAllAsync(link).ConfigureAwait(false);
                    pause = hasSent ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }

                if (!_queue.Reader.Completion.IsCompleted)
                {
                    await Task.Delay(pause, _stop.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end, with packets left.
        }
#pragma warning disable CA1031 // A defect here must not end the process; the collector gets nothing more.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.CollectorFault(_logger, Target.Name, defect);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await telling.ConfigureAwait(false);
        Interlocked.Add(ref _lost, _queue.Reader.Count);
    }

    private async Task<IHepLink?> TryConnectAsync(TimeSpan pause)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limited.CancelAfter(ConnectPatience);
        try
        {
            if (Target.Transport == HepTransport.Udp)
            {
                return new UdpHepLink(Target.EndPoint);
            }

            StreamHepLink link = await StreamHepLink.ConnectAsync(Target, limited.Token).ConfigureAwait(false);
            Log.CollectorConnected(_logger, Target.Name);
            return link;
        }
        catch (Exception fault) when (fault is SocketException or IOException
            || (fault is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            string reason = fault is OperationCanceledException ? "no answer" : fault.InnerException?.Message ?? fault.Message;
            Log.CollectorAway(_logger, Target.Name, reason, pause.TotalSeconds);
            return null;
        }
    }

    /// <returns>Whether anything was sent.</returns>
    private async Task<bool> SendAllAsync(IHepLink link)
    {
        bool hasSent = false;
        List<byte[]> packets = [];
        while (true)
        {
            _more ??= _queue.Reader.WaitToReadAsync(_stop.Token).AsTask();
            if (await Task.WhenAny(_more, link.Closed).ConfigureAwait(false) != _more)
            {
                Log.CollectorLost(_logger, Target.Name, "it closed the connection");
                return hasSent;
            }

            if (!await _more.ConfigureAwait(false))
            {
                return hasSent;
            }

            _more = null;
            packets.Clear();
            while (packets.Count < MaxPacketsPerTurn && _queue.Reader.TryRead(out byte[]? packet))
            {
                packets.Add(packet);
            }

            try
            {
                int lost = await link.SendAsync(packets, _stop.Token).ConfigureAwait(false);
                Interlocked.Add(ref _lost, lost);
                hasSent = true;
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // Some of them may have arrived; nobody knows which.
                Interlocked.Add(ref _lost, packets.Count);
                _stop.Token.ThrowIfCancellationRequested();
                Log.CollectorLost(_logger, Target.Name, fault.InnerException?.Message ?? fault.Message);
                return hasSent;
            }
        }
    }

    private async Task TellNowAndThenAsync()
    {
        using var timer = new PeriodicTimer(TellingPause);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                TellLost();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private void TellLost()
    {
        long lost = Lost;
        if (lost > _toldLost)
        {
            Log.CollectorMissed(_logger, Target.Name, lost - _toldLost);
            _toldLost = lost;
        }
    }
}
