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
    private const string Forms = $"unix:PATH, tcp:HOST:PORT or tcp:{CallerNotifySocket.Wildcard}:PORT";

    private static readonly string[] Kinds = ["unix", Tcp];

    /// <param name="argument"><c>unix:PATH</c>, a bare path, <c>tcp:HOST:PORT</c> or <c>tcp:%%CC_SELF%%:PORT</c>.</param>
    /// <param name="earlier">The targets of the options to the left.</param>
    /// <param name="names">Resolves HOST, IPv4 only, whatever <c>--no_resolve</c> says.</param>
    /// <param name="socket">The target; null exactly when something is wrong.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    public static ValueFault? Read(
        string argument, ImmutableArray<NotifySocket> earlier, ISystemNames names, out NotifySocket? socket)
    {
        SocketText text = SocketText.Split(argument, Kinds);
        ValueFault? fault = text.Kind == Tcp ? ReadTcp(argument, text, names, out socket) : ReadUnix(text, out socket);
        fault ??= CheckRoom(earlier, socket);
        socket = fault is null ? socket : null;
        return fault;
    }

    private static ValueFault? ReadUnix(SocketText text, out NotifySocket? socket)
    {
        socket = null;
        if (text.Kind is null && MistypedScheme.Explain(text.Rest, Kinds, addressScheme: Tcp) is { } doubt)
        {
            return new(Forms, doubt);
        }

        if (UnixPath.Check(text.Rest) is { } fault)
        {
            return fault;
        }

        socket = new UnixNotifySocket(text.Rest);
        return null;
    }

    private static ValueFault? ReadTcp(string argument, SocketText text, ISystemNames names, out NotifySocket? socket)
    {
        socket = null;
        string host = text.HostAndPort(takesBrackets: false, out string? portText);
        if (host.Length == 0 || portText is null)
        {
            return new(Forms, host.Length == 0 ? "no host is named" : "no port is named");
        }

        if (HostArgument.ReadPort(portText, out int port) is { } fault)
        {
            return fault;
        }

        if (host == CallerNotifySocket.Wildcard)
        {
            socket = new CallerNotifySocket(port);
            return null;
        }

        if (names.Resolve(host, ipv6: false, numericOnly: false, out string reason) is not { } address)
        {
            return new("a host that has an IPv4 address", $"for '{host}' the answer is: {reason}");
        }

        socket = new TcpNotifySocket(argument, new IPEndPoint(address, port));
        return null;
    }

    private static ValueFault? CheckRoom(ImmutableArray<NotifySocket> earlier, NotifySocket? socket)
    {
        int wildcards = earlier.Count(other => other is CallerNotifySocket);
        return socket switch
        {
            CallerNotifySocket when wildcards >= MaxWildcards =>
                new($"at most {MaxWildcards} of {CallerNotifySocket.Wildcard}", "so many are given before it"),
            not CallerNotifySocket when earlier.Length - wildcards >= MaxTargets =>
                new($"at most {MaxTargets} targets", "so many are given before it"),
            _ => null,
        };
    }
}
