using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Looks whether sockets could be opened, and leaves everything as it is: nothing is served, made or replaced.</summary>
public static class ControlSocketTrial
{
    private const string Somebody = "another program";

    /// <returns>Who has the socket now; null if nobody has, or where that cannot be known (systemd, stdio).</returns>
    /// <exception cref="ControlSocketException">It could not be opened.</exception>
    public static string? Try(ControlSocketAddress address, ServiceNames services, bool resolvesNames)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return address.Kind switch
            {
                ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix => TryPath(address.Path),
                ControlSocketKind.Tcp or ControlSocketKind.Tcp6 =>
                    TryBind(new ControlSocketResolver(services, resolvesNames).Resolve(address), SocketType.Stream),
                ControlSocketKind.Udp or ControlSocketKind.Udp6 =>
                    TryBind(new ControlSocketResolver(services, resolvesNames).Resolve(address), SocketType.Dgram),
                _ => null,
            };
        }
        catch (SocketException fault)
        {
            throw new ControlSocketException($"the system says: {fault.Message}", fault);
        }
    }

    /// <inheritdoc cref="Try"/>
    /// <param name="path">Of a Unix socket.</param>
    public static string? TryPath(string path)
    {
        string full = CurrentDirectory.Resolve(path);
        if (Encoding.UTF8.GetByteCount(path) > UnixSocketAddress.MaxPathBytes)
        {
            throw new ControlSocketException("the path is too long");
        }

        if (DirectoryAccess.Explain(Path.GetDirectoryName(full) ?? "/") is { } reason)
        {
            throw new ControlSocketException(reason);
        }

        if (FileStatus.TryRead(NativePath.From(full), out FileStatus old) != Errno.None)
        {
            return null;
        }

        if (UnixSocketFile.IsReplaceable(old))
        {
            return old.IsSocket ? UnixListener.Find(NativePath.From(path)) : null;
        }

        throw new ControlSocketException($"it {old.Kind} and not a socket, and is left untouched");
    }

    /// <inheritdoc cref="Try"/>
    public static string? TryBind(IPEndPoint local, SocketType type)
    {
        ArgumentNullException.ThrowIfNull(local);
        bool isStream = type == SocketType.Stream;
        try
        {
            using Socket socket = ControlEndpointFactory.Bind(local, type, isStream ? ProtocolType.Tcp : ProtocolType.Udp);
            return isStream && local.Port != 0 ? TcpListeners.Find(local) : null;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return (isStream ? TcpListeners.Find(local) : null) ?? Somebody;
        }
    }
}
