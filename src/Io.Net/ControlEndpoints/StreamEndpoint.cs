using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>A listening control socket: unix, cunix, tcp, tcp6 or one that systemd opened.</summary>
internal sealed class StreamEndpoint : IControlEndpoint
{
    private static readonly TimeSpan AcceptFaultPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromMilliseconds(500);

    private readonly Socket _listener;
    private readonly ConnectionProtocol _framing;
    private readonly ControlSlots _slots;
    private readonly IControlProtocol _protocol;
    private readonly ILogger _logger;
    private readonly IDisposable? _socketFile;
    private readonly ConnectionTasks _connections = new();

    /// <param name="listener">Bound and listening; owned.</param>
    /// <param name="socketFile">Disposed after the listener; removes the file of a Unix socket.</param>
    public StreamEndpoint(
        ControlSocketAddress address,
        Socket listener,
        ConnectionProtocol framing,
        ControlSlots slots,
        IControlProtocol protocol,
        ILogger logger,
        IDisposable? socketFile = null)
    {
        Address = address;
        _listener = listener;
        _framing = framing;
        _slots = slots;
        _protocol = protocol;
        _logger = logger;
        _socketFile = socketFile;
        BoundTo = listener.LocalEndPoint as IPEndPoint;
    }

    public ControlSocketAddress Address { get; }

    public IPEndPoint? BoundTo { get; }

    public async Task ServeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Socket connection = await _listener.AcceptAsync(stop).ConfigureAwait(false);
                await ServeAsync(connection, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException fault)
            {
                // Out of descriptors, or the client was gone before we looked: neither ends the service.
                Log.AcceptFailed(_logger, Address.ToString(), fault.Message);
                await Task.Delay(AcceptFaultPause, CancellationToken.None).ConfigureAwait(false);
            }
        }

        await _connections.AllEndedAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _socketFile?.Dispose();
        return ValueTask.CompletedTask;
    }

    public void RemoveFile() => _socketFile?.Dispose();

    // Further connections wait to be accepted while this one waits for a place.
    private async ValueTask ServeAsync(Socket connection, CancellationToken stop)
    {
        ControlSlot? slot = null;
        try
        {
            slot = await _slots.TakeAsync(connection.Dispose, stop).ConfigureAwait(false);
        }
        finally
        {
            if (slot is null)
            {
                connection.Dispose();
            }
        }

        if (slot is not null)
        {
            _connections.Add(ServeAsync(connection, slot, stop));
        }
    }

    private async Task ServeAsync(Socket connection, ControlSlot slot, CancellationToken stop)
    {
        try
        {
            using (connection)
            {
                await SpeakAsync(connection, slot, stop).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end
            is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone, does not listen, gave way to another, or we are stopping: nobody is left to be told.
        }
#pragma warning disable CA1031 // A defect costs the connection on which it shows, nothing else.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            Log.CommandFault(_logger, Address.ToString(), defect);
        }
        finally
        {
            slot.Dispose();
        }
    }

    private async Task SpeakAsync(Socket connection, ControlSlot slot, CancellationToken stop)
    {
        RequestOrigin origin = OriginOf(connection);
        if (connection.RemoteEndPoint is IPEndPoint)
        {
            connection.NoDelay = true;
        }

        if (_framing == ConnectionProtocol.Lines)
        {
            // A web page can reach a TCP socket, but no Unix socket.
            bool isTcp = connection.RemoteEndPoint is IPEndPoint;
            using var stream = new NetworkStream(connection, ownsSocket: false);
            await new LineSession(
                stream, stream, _protocol.OpenStream(origin, isTcp), _protocol.MaxCommandLength, LineSession.ConnectionReplyPatience, slot)
                .RunAsync(stop).ConfigureAwait(false);
            if (isTcp)
            {
                await TakeLeaveAsync(connection, stop).ConfigureAwait(false);
            }

            return;
        }

        byte[] buffer = new byte[_protocol.MaxCommandLength];
        int count = await connection.ReceiveAsync(buffer, SocketFlags.None, stop).ConfigureAwait(false);
        if (count > 0 && slot.TryBegin())
        {
            var target = new AwaitedReply();
            _protocol.OpenStream(origin, isGuarded: false).OnCommand(buffer.AsSpan(0, count), target);
            ReadOnlyMemory<byte> reply = await target.Task.ConfigureAwait(false);
            using var patience = new ReplyPatience(LineSession.ConnectionReplyPatience, stop);
            await connection.SendAsync(reply, SocketFlags.None, patience.Token).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Bytes that nobody read make the kernel reset a connection that is closed, and the last reply is lost with it: what
    /// the client still sends is thrown away for a moment.
    /// </summary>
    private async Task TakeLeaveAsync(Socket connection, CancellationToken stop)
    {
        connection.Shutdown(SocketShutdown.Send);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(FarewellPatience);
        byte[] discarded = new byte[_protocol.MaxCommandLength];
        while (await connection.ReceiveAsync(discarded, SocketFlags.None, patience.Token).ConfigureAwait(false) > 0)
        {
            // Until the client has closed its side.
        }
    }

    private RequestOrigin OriginOf(Socket connection) => Address.Kind == ControlSocketKind.Tcp
        ? new RequestOrigin(((IPEndPoint)connection.RemoteEndPoint!).Address, SpecificAddress(BoundTo))
        : default;

    private static IPAddress? SpecificAddress(IPEndPoint? bound) =>
        bound is null || bound.Address.Equals(IPAddress.Any) ? null : bound.Address;
}
