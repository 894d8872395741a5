using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// A UDP control socket (control protocol, section 1.7). Datagrams are started in the order of their arrival and
/// answered as they finish; so many at most are under way, then the kernel's buffer holds the rest back.
/// </summary>
internal sealed class DatagramEndpoint : IControlEndpoint
{
    private const int MaxUnderWay = 1024;
    private const int MaxDatagramBytes = 65_536;

    private readonly Socket _socket;
    private readonly IControlProtocol _protocol;
    private readonly ILogger _logger;
    private readonly IPAddress? _specificAddress;
    private readonly SemaphoreSlim _underWay = new(MaxUnderWay);

    /// <param name="socket">Bound; owned.</param>
    public DatagramEndpoint(
        ControlSocketAddress address, Socket socket, IControlProtocol protocol, ILogger logger)
    {
        Address = address;
        BoundTo = (IPEndPoint)socket.LocalEndPoint!;
        _socket = socket;
        _protocol = protocol;
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
    private void Start(ReadOnlySpan<byte> datagram, SocketAddress source) =>
        _protocol.OnDatagram(datagram, OriginOf(source), new Target(this, source));

    private void Reply(ReadOnlySpan<byte> reply, SocketAddress source)
    {
        try
        {
            _socket.SendTo(reply, SocketFlags.None, source);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // A reply that cannot be sent is lost like any datagram: the controller asks again.
        }
        finally
        {
            _underWay.Release();
        }
    }

    private void GiveUp(Exception? defect)
    {
        if (defect is not null)
        {
            Log.CommandFault(_logger, Address.ToString(), defect);
        }

        _underWay.Release();
    }

    private RequestOrigin OriginOf(SocketAddress source) => BoundTo.AddressFamily != AddressFamily.InterNetwork
        ? default
        : new RequestOrigin(((IPEndPoint)BoundTo.Create(source)).Address, _specificAddress);

    private async Task WaitForTheRestAsync()
    {
        for (int i = 0; i < MaxUnderWay; i++)
        {
            await _underWay.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private sealed class Target(DatagramEndpoint endpoint, SocketAddress source) : IReplyTarget
    {
        public void Reply(ReadOnlyMemory<byte> reply) => endpoint.Reply(reply.Span, source);

        public void GiveUp(Exception? defect) => endpoint.GiveUp(defect);
    }
}
