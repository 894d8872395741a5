using System.Net;
using System.Net.Sockets;
using RtpProxy.Relay.Commands;

namespace RtpProxy.Io.Addresses;

/// <summary>Asks the system's resolver. Thread-safe; blocks.</summary>
/// <param name="isNumericOnly"><c>--no_resolve</c>: nobody is asked.</param>
public sealed class NameResolver(bool isNumericOnly) : INameResolver
{
    public IPAddress? ResolveIPv4(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal.AddressFamily == AddressFamily.InterNetwork ? literal : null;
        }

        if (isNumericOnly || string.IsNullOrEmpty(host))
        {
            return null;
        }

        try
        {
            return Dns.GetHostAddresses(host, AddressFamily.InterNetwork) is [IPAddress first, ..] ? first : null;
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
