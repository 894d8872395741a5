using System.Collections.Immutable;
using System.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>Reads one argument of <c>-n</c> (control protocol, section 7.2).</summary>
internal static class NotifySocketReader
{
    private const int MaxTargets = 64;
    private const int MaxWildcards = 2;
    private const string UnixPrefix = "unix:";
    private const string TcpPrefix = "tcp:";

    private static readonly string[] Schemes = ["unix", "tcp"];

    /// <param name="argument"><c>unix:PATH</c>, a bare path, <c>tcp:HOST:PORT</c> or <c>tcp:%%CC_SELF%%:PORT</c>.</param>
    /// <param name="earlier">The targets of the options to the left.</param>
    /// <param name="names">Resolves HOST, IPv4 only, whatever <c>--no_resolve</c> says.</param>
    /// <param name="socket">The target; null exactly when something is wrong.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static string? Read(
        string argument, ImmutableArray<NotifySocket> earlier, ISystemNames names, out NotifySocket? socket)
    {
        socket = null;
        if (argument.Length == 0)
        {
            return "timeout notification socket name too short";
        }

        string? fault = argument.StartsWith(TcpPrefix, StringComparison.Ordinal)
            ? ReadTcp(argument, names, out socket)
            : ReadUnix(argument, out socket);
        fault ??= CheckRoom(earlier, socket);
        if (fault is null)
        {
            return null;
        }

        socket = null;
        return "error adding timeout notification: " + fault;
    }

    private static string? ReadUnix(string argument, out NotifySocket? socket)
    {
        bool hasPrefix = argument.StartsWith(UnixPrefix, StringComparison.Ordinal);
        if (!hasPrefix && MistypedScheme.Explain(argument, Schemes, addressScheme: "tcp") is { } doubt)
        {
            socket = null;
            return $"{argument}: {doubt}";
        }

        string path = hasPrefix ? argument[UnixPrefix.Length..] : argument;
        socket = path.Length == 0 ? null : new UnixNotifySocket(path);
        return socket is null ? "Timeout notification socket name too short" : null;
    }

    private static string? ReadTcp(string argument, ISystemNames names, out NotifySocket? socket)
    {
        socket = null;
        string rest = argument[TcpPrefix.Length..];
        int colon = rest.LastIndexOf(':');
        if (rest.Length == 0)
        {
            return "Timeout notification socket name too short";
        }

        if (colon <= 0)
        {
            return "Can't parse host:port: invalid address";
        }

        string host = rest[..colon];
        if (DecimalArgument.Read(rest[(colon + 1)..], 1, IPEndPoint.MaxPort, out int port) != NumberFault.None)
        {
            return "Can't parse host:port: invalid port";
        }

        if (host == CallerNotifySocket.Wildcard)
        {
            socket = new CallerNotifySocket(port);
            return null;
        }

        if (names.Resolve(host, ipv6: false, numericOnly: false, out string reason) is not { } address)
        {
            return reason;
        }

        socket = new TcpNotifySocket(argument, new IPEndPoint(address, port));
        return null;
    }

    private static string? CheckRoom(ImmutableArray<NotifySocket> earlier, NotifySocket? socket)
    {
        int wildcards = earlier.Count(other => other is CallerNotifySocket);
        return socket switch
        {
            CallerNotifySocket when wildcards >= MaxWildcards =>
                "Number of notify wildcards exceeds RTPP_TNOTIFY_WILDCARDS_MAX",
            not CallerNotifySocket when earlier.Length - wildcards >= MaxTargets =>
                "Number of notify targets exceeds RTPP_TNOTIFY_TARGETS_MAX",
            _ => null,
        };
    }
}
