using System.Net;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>Hosts and ports on the command line: of those who are told something.</summary>
internal static class HostArgument
{
    /// <summary>Reads <c>HOST:PORT</c>, an IPv6 address in brackets, and asks for the address of the host.</summary>
    /// <param name="usualPort">Taken where none is named; null if one has to be.</param>
    /// <param name="form">What was expected where the form is wrong.</param>
    /// <param name="endPoint">Null exactly when something is wrong.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static ValueFault? Read(string text, int? usualPort, string form, ISystemNames names, out IPEndPoint? endPoint)
    {
        endPoint = null;
        string shown = new SocketText(Kind: null, text).HostAndPort(takesBrackets: true, out string? portText);
        string host = shown is ['[', .. var inner, ']'] ? inner : shown;
        if (portText is null && usualPort is null)
        {
            return new(form, "no port is named");
        }

        if (host.Length == 0)
        {
            return new(form, "no host is named");
        }

        if (host == shown && host.Contains(':', StringComparison.Ordinal))
        {
            return new(form, $"'{(usualPort is null ? host : text)}' has none");
        }

        int port = usualPort ?? 0;
        if (portText is not null && ReadPort(portText, out port) is { } fault)
        {
            return fault;
        }

        if (Resolve(host, names, out string reason) is not { } address)
        {
            return new(form, $"for '{host}' the answer is: {reason}");
        }

        endPoint = new IPEndPoint(address, port);
        return null;
    }

    /// <returns>What is wrong; null if nothing is.</returns>
    public static ValueFault? ReadPort(string text, out int port) =>
        DecimalArgument.Read(text, 1, IPEndPoint.MaxPort, out port) == NumberFault.None
            ? null
            : new("a port from 1 to 65535", $"'{text}' is no port");

    /// <summary>The address of a host, of either family, IPv4 first; whatever <c>--no_resolve</c> says.</summary>
    /// <returns>Null with the reason when it has none.</returns>
    public static IPAddress? Resolve(string host, ISystemNames names, out string reason) =>
        names.Resolve(host, ipv6: false, numericOnly: false, out reason) ?? names.Resolve(host, ipv6: true, numericOnly: false, out reason);
}
