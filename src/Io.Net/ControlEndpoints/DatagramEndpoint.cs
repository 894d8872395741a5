using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// A UDP control socket (control protocol, section 1.7). Datagrams are started in the order of their arrival and
/// answered as they finish; so many at most are under way, then the kernel's buffer holds the rest back.
/// </summary>
internal sealed class DatagramEndpoint : IControlEndpoint
{
    private const int MaxUnderWay = 1024;
    private const int MaxDatagramBytes = 65_536;
    private const int NanosecondsPerMillisecond = 1_000_000;

    private readonly Socket _socket;
    private readonly ReplyCache _cache;
    private readonly ICommandProcessor _processor;
    private readonly ILogger _logger;
    private readonly IPAddress? _specificAddress;
    private readonly SemaphoreSlim _underWay = new(MaxUnderWay);

    /// <param name="socket">Bound; owned.</param>
    /// <param name="cache">Shared by all datagram sockets of the daemon.</param>
    public DatagramEndpoint(
        ControlSocketAddress address, Socket socket, ReplyCache cache, ICommandProcessor processor, ILogger logger)
    {
        Address = address;
        BoundTo = (IPEndPoint)socket.LocalEndPoint!;
        _socket = socket;
        _cache = cache;
        _processor = processor;
        _logger = logger;
        _specificAddress = BoundTo.AddressFamily != AddressFamily.InterNetwork || BoundTo.Address.Equals(IPAddress.Any)
            ? null
            : BoundTo.Address;
    }

    /// <summary>
    /// What comes from one of our own media ports is somebody's media, not a controller's command: the relay carries what a
    /// caller says, and must not obey it.
    /// </summary>
    public OpenMediaPorts? MediaPorts { get; init; }

    public ControlSocketAddress Address { get; }

    public IPEndPoint BoundTo { get; }

    /// <summary>The clock of the reply cache.</summary>
    public static long NowMilliseconds => MonotonicClock.Now.Nanoseconds / NanosecondsPerMillisecond;

    public async Task ServeAsync(CancellationToken stop)
    {
        byte[] buffer = new byte[MaxDatagramBytes];
        Instant emptyAt = MonotonicClock.Now;
        try
        {
            while (true)
            {
                var source = new SocketAddress(_socket.AddressFamily);
                try
                {
                    // What waits may be older than the closing of the port it came from, what comes later may not.
                    Instant now = MonotonicClock.Now;
                    emptyAt = _socket.Poll(0, SelectMode.SelectRead) ? emptyAt : now;
                    int length = await _socket
                        .ReceiveFromAsync(buffer, SocketFlags.None, source, stop).ConfigureAwait(false);
                    if (MediaPorts is { } ports && ports.Sent((IPEndPoint)BoundTo.Create(source), emptyAt))
                    {
                        Log.MediaIsNoCommand(_logger, Address.ToString(), BoundTo.Create(source).ToString()!);
                        continue;
                    }

                    await DispatchAsync(buffer.AsMemory(0, length), source, stop).ConfigureAwait(false);
                }
                catch (SocketException fault)
                {
                    Log.ControlReceiveFailed(_logger, Address.ToString(), fault.Message);
                    await Task.Delay(1, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await WaitForTheRestAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _underWay.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask DispatchAsync(ReadOnlyMemory<byte> datagram, SocketAddress source, CancellationToken stop)
    {
        await _underWay.WaitAsync(stop).ConfigureAwait(false);
        Start(datagram.Span, source);
    }

    // Borrowed bytes are used only here; what goes on without them is another method.
    private void Start(ReadOnlySpan<byte> datagram, SocketAddress source)
    {
        CommandOrigin origin = OriginOf(source);
        if (!DatagramCommand.TrySplit(datagram, out DatagramCommand command))
        {
            // An empty command is answered E5, here without a cookie, and not remembered.
            _ = FinishAsync(_processor.ExecuteAsync(default, default, origin), cookie: null, source);
            return;
        }

        switch (_cache.Begin(command.Cookie, NowMilliseconds, out ReadOnlyMemory<byte> reply))
        {
            case CookieState.New:
                byte[] cookie = command.Cookie.ToArray();
                _ = FinishAsync(_processor.ExecuteAsync(command.Line, cookie, origin), cookie, source);
                break;
            case CookieState.Answered:
                _processor.CountRepeat();
                _ = FinishAsync(ValueTask.FromResult(reply), cookie: null, source);
                break;
            case CookieState.InProgress:
                _processor.CountRepeat();
                _ = FinishAsync(new(_cache.WhenAnsweredAsync(command.Cookie)), cookie: null, source);
                break;
        }
    }

    private async Task FinishAsync(ValueTask<ReadOnlyMemory<byte>> execution, byte[]? cookie, SocketAddress source)
    {
        bool isAnswered = false;
        try
        {
            ReadOnlyMemory<byte> reply = await execution.ConfigureAwait(false);
            if (cookie is not null)
            {
                _cache.Complete(cookie, reply.Span, NowMilliseconds);
            }

            isAnswered = true;

            // Not SendToAsync: calls of it that overlap lose each other's address (.NET 10). A datagram does not wait anyway.
            _socket.SendTo(reply.Span, SocketFlags.None, source);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A reply that cannot be sent is lost like any datagram: the controller asks again.
        }
#pragma warning disable CA1031 // A defect costs the command in which it shows, nothing else.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.CommandFault(_logger, Address.ToString(), defect);
        }
        finally
        {
            if (!isAnswered && cookie is not null)
            {
                _cache.Abandon(cookie);
            }

            _underWay.Release();
        }
    }

    private CommandOrigin OriginOf(SocketAddress source) => BoundTo.AddressFamily != AddressFamily.InterNetwork
        ? default
        : new CommandOrigin(((IPEndPoint)BoundTo.Create(source)).Address, _specificAddress);

    private async Task WaitForTheRestAsync()
    {
        for (int i = 0; i < MaxUnderWay; i++)
        {
            await _underWay.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
