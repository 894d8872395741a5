using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Events;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Digits;

/// <summary>
/// Tells digits of calls to the targets of <c>--dtmf-log-dest</c>, a datagram of JSON for each (docs/ng.md, digits). Whether they
/// arrive nobody knows.
/// </summary>
/// <remarks>Events come from all workers, which never wait: a single task writes and sends, and what it cannot take in time is lost.</remarks>
internal sealed class DigitTeller : IEventSink, IAsyncDisposable
{
    private const int MaxQueued = 4096;

    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(400);

    private readonly ImmutableArray<Endpoint> _targets;
    private readonly WallClock _clock;
    private readonly ILogger _logger;
    private readonly Channel<(CallDigit Digit, long At)> _queue = Channel.CreateBounded<(CallDigit, long)>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Dictionary<AddressFamily, Socket> _sockets = []; // the task's own
    private Task _sending = Task.CompletedTask;
    private int _isFull;
    private long _lost;

    public DigitTeller(ImmutableArray<Endpoint> targets, WallClock clock, ILogger logger)
    {
        _targets = targets;
        _clock = clock;
        _logger = logger;
    }

    /// <summary>Digits that were for a target and were not sent: it is not permitted any more, there were too many at once, or the system refused.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Start() => _sending = _targets.IsEmpty ? Task.CompletedTask : Task.Run(SendAllAsync);

    public void On(RelayEvent told)
    {
        if (told is not RelayEvent.DigitHeard heard || CallDigit.Of(heard) is not { } digit)
        {
            return;
        }

        // The options may name others than those of the process that the call came from.
        if (!_targets.Contains(digit.Target))
        {
            Interlocked.Increment(ref _lost);
            return;
        }

        if (_queue.Writer.TryWrite((digit, _clock.At(MonotonicClock.Now).ToUnixTimeSeconds())))
        {
            Volatile.Write(ref _isFull, 0);
        }
        else
        {
            Interlocked.Increment(ref _lost);
            if (Interlocked.Exchange(ref _isFull, 1) == 0)
            {
                Log.DigitQueueFull(_logger);
            }
        }
    }

    /// <summary>The workers have stopped: what is left is sent, unless that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAny(_sending, Task.Delay(FarewellPatience)).ConfigureAwait(false);
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach ((CallDigit digit, long at) in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                Send(new IPEndPoint(digit.Target.ToIPAddress(), digit.Target.Port), DigitJson.Write(digit, at));
            }
        }
        finally
        {
            foreach (Socket socket in _sockets.Values)
            {
                socket.Dispose();
            }
        }
    }

    private void Send(IPEndPoint target, byte[] text)
    {
        try
        {
            if (!_sockets.TryGetValue(target.AddressFamily, out Socket? socket))
            {
                socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
                _sockets.Add(target.AddressFamily, socket);
            }

            socket.SendTo(text, target);
        }
        catch (SocketException refusal)
        {
            Interlocked.Increment(ref _lost);
            Log.DigitNotSent(_logger, target, refusal.Message);
        }
    }
}
