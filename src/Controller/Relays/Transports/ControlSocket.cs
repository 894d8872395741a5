using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>Opens connected sockets towards a node. A failure is a <see cref="SocketException"/>.</summary>
internal static class ControlSocket
{
    private static readonly TimeSpan BacklogPause = TimeSpan.FromMilliseconds(5);

    public static async Task<Socket> ConnectAsync(
        RelayAddress address,
        IPEndPoint? local,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        EndPoint remote = address.IsUnix
            ? new UnixDomainSocketEndPoint(address.Host)
            : await ResolveAsync(address, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            Socket socket = Create(address, local);
            try
            {
                await socket.ConnectAsync(remote, cancellationToken).ConfigureAwait(false);
                return socket;
            }
            catch (SocketException e) when (address.IsUnix && e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
            {
                // A Unix listener whose backlog is full says EAGAIN instead of letting us wait (connect(2)).
                socket.Dispose();
                await Task.Delay(BacklogPause, time, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static Socket Create(RelayAddress address, IPEndPoint? local)
    {
        if (address.IsUnix)
        {
            return new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        }

        if (!address.IsDatagram)
        {
            return new Socket(address.Family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }

        var socket = new Socket(address.Family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (local is { } chosen && chosen.AddressFamily == address.Family)
            {
                // One forced port serves every node: the sockets differ in whom they are connected to.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, chosen.Port != 0);
                socket.Bind(chosen);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPEndPoint> ResolveAsync(RelayAddress address, CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(address.Host, out IPAddress? host) || host.AddressFamily != address.Family)
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(address.Host, address.Family, cancellationToken)
                .ConfigureAwait(false);
            host = found.Length > 0 ? found[0] : throw new SocketException((int)SocketError.HostNotFound);
        }

        return new IPEndPoint(host, address.Port);
    }
}
