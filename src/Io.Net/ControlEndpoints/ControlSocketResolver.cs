using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Net.Addresses;

namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>Finds the address and port of a control socket on the Internet.</summary>
/// <param name="resolvesNames">False under <c>--no_resolve</c>: only numeric addresses.</param>
internal sealed class ControlSocketResolver(ServiceNames services, bool resolvesNames)
{
    /// <exception cref="ControlSocketException">There is no such address or port.</exception>
    /// <exception cref="SocketException">The resolver does not know the host.</exception>
    public IPEndPoint Resolve(ControlSocketAddress address) =>
        new(ResolveHost(address), ResolvePort(address));

    private IPAddress ResolveHost(ControlSocketAddress address)
    {
        bool isIPv6 = address.Kind is ControlSocketKind.Tcp6 or ControlSocketKind.Udp6;
        AddressFamily family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        string host = address.Host;
        if (host == "*")
        {
            return isIPv6 ? IPAddress.IPv6Any : IPAddress.Any;
        }

        if (host.Length == 0 || host.AsSpan().IndexOfAny('[', ']') >= 0)
        {
            throw new ControlSocketException(
                host.Length == 0 ? "no host is named" : "square brackets are not understood");
        }

        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return literal.AddressFamily == family
                ? literal
                : throw new ControlSocketException($"{host} is not an IPv{(isIPv6 ? 6 : 4)} address");
        }

        if (!resolvesNames || host.Contains(':', StringComparison.Ordinal))
        {
            throw new ControlSocketException($"{host} is not a numeric address");
        }

        return Dns.GetHostAddresses(host, family) is [IPAddress first, ..]
            ? first
            : throw new ControlSocketException($"{host} has no IPv{(isIPv6 ? 6 : 4)} address");
    }

    private ushort ResolvePort(ControlSocketAddress address)
    {
        bool isNumber = char.IsAsciiDigit(address.Port[0]);
        if (isNumber && ushort.TryParse(address.Port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return port;
        }

        if (!isNumber
            && (address.IsDatagram
                ? services.TryFindUdp(address.Port, out port)
                : services.TryFindTcp(address.Port, out port)))
        {
            return port;
        }

        throw new ControlSocketException(
            $"{address.Port} is neither a port, 0 to 65535, nor the name of a service");
    }
}
