using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// Where a node's control socket is: <c>udp:HOST[:PORT]</c>, <c>udp6:</c>, <c>tcp:</c>, <c>tcp6:</c>, <c>unix:PATH</c>,
/// <c>cunix:PATH</c>; anything else is a path, as if <c>unix:</c> stood in front, unless it looks like one of these with a
/// mistake in it.
/// </summary>
/// <remarks>
/// The prefix is compared without regard to case. The module takes <c>upd:HOST:PORT</c> for a path that does not exist, and
/// the node is just never there; here it is refused. A relative path with a colon in it is written <c>unix:PATH</c>. The port follows the last colon, as in the module; an IPv6 host may
/// also stand in brackets, which the module does not take.
/// </remarks>
public sealed record RelayAddress
{
    /// <summary>The port of a control socket when none is written.</summary>
    public const int DefaultPort = 22222;

    private const int MaxPathLength = 107; // sun_path of unix(7) has 108 bytes, the last one a NUL.

    private const int MaxHostLength = 253; // RFC 1035 section 2.3.4, without the lengths of the wire.

    private static readonly string[] Kinds = ["udp", "udp6", "tcp", "tcp6", "unix", "cunix"];

    private RelayAddress(string url, RelayTransport transport, string host, int port)
    {
        Url = url;
        Transport = transport;
        Host = host;
        Port = port;
    }

    /// <summary>The address as written, prefix included: the node's name in listings.</summary>
    public string Url { get; }

    public RelayTransport Transport { get; }

    /// <summary>A numeric address or a name; for Unix sockets the path.</summary>
    public string Host { get; }

    /// <summary>1 to 65,535; 0 for Unix sockets.</summary>
    public int Port { get; }

    public bool IsDatagram => Transport is RelayTransport.Udp or RelayTransport.Udp6;

    public bool IsUnix => Transport is RelayTransport.Unix or RelayTransport.CUnix;

    /// <summary>The family that <see cref="Host"/> is resolved to.</summary>
    public AddressFamily Family => Transport switch
    {
        RelayTransport.Udp or RelayTransport.Tcp => AddressFamily.InterNetwork,
        RelayTransport.Udp6 or RelayTransport.Tcp6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unix,
    };

    /// <exception cref="FormatException">The text is no address; the message says what was expected.</exception>
    public static RelayAddress Parse(string url) =>
        TryParse(url, out RelayAddress? address, out string? error) ? address : throw new FormatException(error);

    /// <summary>Reads an address; on failure <paramref name="error"/> is one sentence that says what was expected.</summary>
    public static bool TryParse(
        string? url,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RelayAddress? address,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error)
    {
        address = null;
        error = null;
        if (string.IsNullOrWhiteSpace(url))
        {
            error = "a control socket is empty; expected udp:HOST:PORT, unix:PATH or the like";
            return false;
        }

        SocketText text = SocketText.Split(url, Kinds, StringComparison.OrdinalIgnoreCase);
        if (ExplainDoubt(text) is { } doubt)
        {
            error = $"'{url}': {doubt}";
            return false;
        }

        RelayTransport transport = TransportOf(text.Kind);
        if (transport is RelayTransport.Unix or RelayTransport.CUnix)
        {
            error = CheckPath(url, text.Rest);
            address = error is null ? new RelayAddress(url, transport, text.Rest, 0) : null;
            return error is null;
        }

        bool ipv6 = transport is RelayTransport.Udp6 or RelayTransport.Tcp6;
        error = SplitHostAndPort(url, text, ipv6, out string host, out int port);
        address = error is null ? new RelayAddress(url, transport, host, port) : null;
        return error is null;
    }

    public override string ToString() => Url;

    // Why a text is not taken for what it could be, because nobody means that.
    private static string? ExplainDoubt(SocketText text)
    {
        if (text.Kind is not { } kind)
        {
            string scheme = text.Rest.Count(c => c == ':') > 1 ? "udp6" : "udp";
            return MistypedScheme.Explain(text.Rest, Kinds, scheme, tellsSchemes: true);
        }

        // As in a URL of the web: udp://host:port.
        return !kind.EndsWith("nix", StringComparison.Ordinal) && text.Rest.StartsWith("//", StringComparison.Ordinal)
            ? $"a host has no slashes before it, did you mean {kind}:{text.Rest.TrimStart('/')}"
            : null;
    }

    private static RelayTransport TransportOf(string? kind) => kind switch
    {
        "udp" => RelayTransport.Udp,
        "udp6" => RelayTransport.Udp6,
        "tcp" => RelayTransport.Tcp,
        "tcp6" => RelayTransport.Tcp6,
        "cunix" => RelayTransport.CUnix,
        _ => RelayTransport.Unix,
    };

    private static string? CheckPath(string url, string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return $"'{url}' names no path; expected unix:PATH";
        }

        return Encoding.UTF8.GetByteCount(path) > MaxPathLength
            ? $"'{url}' is too long for a Unix socket; expected a path of at most {MaxPathLength} bytes"
            : null;
    }

    private static string? SplitHostAndPort(string url, SocketText text, bool ipv6, out string host, out int port)
    {
        port = DefaultPort;
        host = text.HostAndPort(takesBrackets: true, out string? portText);
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }

        if (host.Length == 0)
        {
            return $"'{url}' names no host; expected {(ipv6 ? "udp6:HOST:PORT" : "udp:HOST:PORT")}";
        }

        if (host.Length > MaxHostLength)
        {
            return $"'{url}' has a host of {host.Length} characters; expected at most {MaxHostLength}";
        }

        if (!string.IsNullOrEmpty(portText)
            && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            return $"'{url}' has the port '{portText}'; expected 1 to 65535 after the last colon";
        }

        // "udp6:::1" reads as host ":" and port 1: an IPv6 literal without a port cannot be written without brackets.
        bool literal = host.Contains(':', StringComparison.Ordinal);
        if (literal && !(ipv6 && IPAddress.TryParse(host, out IPAddress? parsed)
            && parsed.AddressFamily == AddressFamily.InterNetworkV6))
        {
            return ipv6
                ? $"'{url}' has no IPv6 address before its last colon; expected a port there, as in udp6:::1:22222"
                : $"'{url}' has a colon in its host; expected an IPv4 address or a name";
        }

        return null;
    }
}
