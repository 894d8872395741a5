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
    private const string Tcp = "tcp";

    private static readonly string[] Kinds = ["unix", Tcp];

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

        SocketText text = SocketText.Split(argument, Kinds);
        string? fault = text.Kind == Tcp ? ReadTcp(argument, text, names, out socket) : ReadUnix(text, out socket);
        fault ??= CheckRoom(earlier, socket);
        if (fault is null)
        {
            return null;
        }

        socket = null;
        return "error adding timeout notification: " + fault;
    }

    private static string? ReadUnix(SocketText text, out NotifySocket? socket)
    {
        if (text.Kind is null && MistypedScheme.Explain(text.Rest, Kinds, addressScheme: Tcp) is { } doubt)
        {
            socket = null;
            return $"{text.Rest}: {doubt}";
        }

        socket = text.Rest.Length == 0 ? null : new UnixNotifySocket(text.Rest);
        return socket is null ? "Timeout notification socket name too short" : null;
    }

    private static string? ReadTcp(string argument, SocketText text, ISystemNames names, out NotifySocket? socket)
    {
        socket = null;
        if (text.Rest.Length == 0)
        {
            return "Timeout notification socket name too short";
        }

        string host = text.HostAndPort(takesBrackets: false, out string? portText);
        if (host.Length == 0 || portText is null)
        {
            return "Can't parse host:port: invalid address";
        }

        if (DecimalArgument.Read(portText, 1, IPEndPoint.MaxPort, out int port) != NumberFault.None)
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
