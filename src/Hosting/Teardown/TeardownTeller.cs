using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;

namespace RtpProxy.Hosting.Teardown;

/// <summary>
/// Asks the server of <c>--b2b-url</c> to end calls that have timed out, each once: HTTP with XML-RPC (docs/ng.md, calls that time out). What cannot be told within two seconds is lost, and counted.
/// </summary>
/// <remarks>Events come from all workers, which never wait: a single task connects and sends, one request after the other.</remarks>
internal sealed class TeardownTeller : IEventSink, IAsyncDisposable
{
    private const int MaxQueued = 4096;
    private const int LengthOfStatus = 12; // HTTP/1.1 200

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(400);

    private readonly TeardownTarget? _target;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<TimedOutCall> _queue = Channel.CreateBounded<TimedOutCall>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private Task _sending = Task.CompletedTask;
    private int _isFull;
    private long _lost;

    /// <param name="target">Null for nobody.</param>
    public TeardownTeller(TeardownTarget? target, ILogger logger)
    {
        _target = target;
        _logger = logger;
    }

    /// <summary>Calls that the server was not told, or that it did not take.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public void Start() => _sending = _target is null ? Task.CompletedTask : Task.Run(() => SendAllAsync(_target));

    public void On(RelayEvent told)
    {
        if (_target is null || told is not RelayEvent.SessionTimedOut timedOut || TimedOutCall.Of(timedOut) is not { } call)
        {
            return;
        }

        if (_queue.Writer.TryWrite(call))
        {
            Volatile.Write(ref _isFull, 0);
            return;
        }

        Interlocked.Increment(ref _lost);
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            Log.TeardownQueueFull(_logger);
        }
    }

    /// <summary>The workers have stopped: what is left is sent, unless that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        if (await Task.WhenAny(_sending, Task.Delay(FarewellPatience)).ConfigureAwait(false) != _sending)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _sending.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task SendAllAsync(TeardownTarget target)
    {
        await foreach (TimedOutCall call in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (await FindFaultAsync(target, call).ConfigureAwait(false) is { } fault)
            {
                Interlocked.Increment(ref _lost);
                Log.TeardownNotSent(_logger, target, fault);
            }
        }
    }

    /// <returns>Null when the server has taken it.</returns>
    private async Task<string?> FindFaultAsync(TeardownTarget target, TimedOutCall call)
    {
        if (_stop.IsCancellationRequested)
        {
            return "the relay stops";
        }

        if (TeardownRequest.Write(target, call) is not { } requests)
        {
            return "its Call-ID or a tag cannot be written in XML";
        }

        string? fault = null;
        foreach (byte[] request in requests)
        {
            string? found = await FindFaultAsync(target, request).ConfigureAwait(false);
            fault ??= found;
        }

        return fault;
    }

    private async Task<string?> FindFaultAsync(TeardownTarget target, byte[] request)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        deadline.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(target.EndPoint, deadline.Token).ConfigureAwait(false);
            for (int sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), deadline.Token).ConfigureAwait(false);
            }

            return await FindFaultAsync(socket, deadline.Token).ConfigureAwait(false);
        }
        catch (SocketException refusal)
        {
            return refusal.Message;
        }
        catch (OperationCanceledException)
        {
            return "no reply in time";
        }
    }

    private static async Task<string?> FindFaultAsync(Socket socket, CancellationToken deadline)
    {
        byte[] status = new byte[LengthOfStatus];
        int length = 0;
        while (length < status.Length)
        {
            int received = await socket.ReceiveAsync(status.AsMemory(length), deadline).ConfigureAwait(false);
            if (received == 0)
            {
                return "the connection ended without a reply";
            }

            length += received;
        }

        string line = Encoding.Latin1.GetString(status);
        return line.StartsWith("HTTP/1.", StringComparison.Ordinal) && line.EndsWith(" 200", StringComparison.Ordinal)
            ? null
            : line.StartsWith("HTTP/", StringComparison.Ordinal) ? $"it answers {line[^3..]}" : "what answers there is no HTTP server";
    }
}
