using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Posix.Processes;

namespace RtpProxy.Daemon.Options;

/// <summary>The users, groups and hosts of the machine that the daemon runs on.</summary>
internal sealed class SystemNames : ISystemNames
{
    private const string UnknownHost = "Name or service not known";

    public (uint UserId, uint GroupId)? FindUser(string name) => Accounts.FindUser(name);

    public uint? FindGroup(string name) => Accounts.FindGroup(name);

    public IPAddress? Resolve(string host, bool ipv6, bool numericOnly, out string reason)
    {
        reason = UnknownHost;
        AddressFamily family = ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

        // IPAddress also reads "[::1]:80"; brackets are not part of an address here.
        if (host.Length == 0 || host.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            reason = "Address family for hostname not supported";
            return literal.AddressFamily == family ? literal : null;
        }

        return numericOnly ? null : Ask(host, family, out reason);
    }

    // The system knows best what it permits: foreign addresses too where net.ipv4.ip_nonlocal_bind says so.
    public bool IsOfThisHost(IPAddress address)
    {
        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException refused)
        {
            // The second is what it says of a link-local address without a link.
            return refused.SocketErrorCode is not (SocketError.AddressNotAvailable or SocketError.InvalidArgument);
        }
    }

    private static IPAddress? Ask(string host, AddressFamily family, out string reason)
    {
        try
        {
            IPAddress[] addresses = Dns.GetHostAddresses(host, family);
            reason = addresses.Length == 0 ? UnknownHost : "";
            return addresses.FirstOrDefault();
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            // ArgumentException: the name is too long to be one.
            reason = e is SocketException ? e.Message : UnknownHost;
            return null;
        }
    }
}
