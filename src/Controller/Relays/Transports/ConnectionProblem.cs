using System.Net.Sockets;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>What kept us from a node's control socket, in words that say what to do about it.</summary>
internal static class ConnectionProblem
{
    // errno of Linux: the base library makes one error of several of these.
    private const int NoSuchFile = 2;
    private const int PermissionDenied = 13;
    private const int WrongType = 91;

    public static string Describe(RelayAddress address, SocketException e) =>
        address.IsUnix ? OfFile(address.Host, e) : OfHost(address, e);

    public static string NoConnectionInTime(TimeSpan limit) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no connection within {limit.TotalSeconds:0.###} s");

    private static string OfFile(string path, SocketException e) => (e.NativeErrorCode, e.SocketErrorCode) switch
    {
        (NoSuchFile, _) or (_, SocketError.AddressNotAvailable) => $"nothing listens there: no such file {path}",
        (PermissionDenied, _) or (_, SocketError.AccessDenied) => $"permission denied: {WhoMay(path)}",
        (WrongType, _) or (_, SocketError.ProtocolType) => $"{path} is a socket of another type, it takes no connections",
        (_, SocketError.ConnectionRefused) when SocketFile.Read(path) is { IsSocket: false } => $"{path} is no socket",
        (_, SocketError.ConnectionRefused) => $"nothing listens there: {path} was left behind by a process that has ended (connection refused)",
        _ => $"cannot connect to {path}: {e.Message}",
    };

    private static string OfHost(RelayAddress address, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused =>
            $"nothing listens there: {(address.IsDatagram ? "UDP" : "TCP")} port {address.Port} of {address.Host} (connection refused)",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain =>
            $"the name {address.Host} is not known, or has no address of this kind",
        SocketError.TimedOut => $"{address.Host} does not answer (connection timed out)",
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown or SocketError.HostDown =>
            $"there is no way to {address.Host} (unreachable)",
        SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse => $"the local address cannot be used: {e.Message}",
        SocketError.AccessDenied => $"permission denied: sending to {address.Host} is not allowed here",
        _ => $"cannot connect to {address.Host}: {e.Message}",
    };

    // The socket itself, or the directory on the way that we may not enter.
    private static string WhoMay(string path)
    {
        for (string? place = path; !string.IsNullOrEmpty(place); place = Path.GetDirectoryName(place))
        {
            if (SocketFile.Read(place) is { } file)
            {
                return $"{place} belongs to user {file.User} and group {file.Group}, mode {Convert.ToString(file.Access, 8)}";
            }
        }

        return $"{path} cannot be opened by this user";
    }
}
