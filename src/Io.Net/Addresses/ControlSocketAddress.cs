using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Io.Net.Addresses;

/// <summary>
/// One argument of <c>-s</c>, taken apart but not resolved (control protocol, sections 1.1 and 1.2).
/// </summary>
public sealed record ControlSocketAddress
{
    /// <summary>The port of <c>udp</c>, <c>udp6</c>, <c>tcp</c> and <c>tcp6</c> when the argument names none.</summary>
    public const string DefaultPort = "22222";

    private static readonly (string Prefix, ControlSocketKind Kind)[] Prefixes =
    [
        ("unix:", ControlSocketKind.Unix),
        ("cunix:", ControlSocketKind.ConnectedUnix),
        ("tcp:", ControlSocketKind.Tcp),
        ("tcp6:", ControlSocketKind.Tcp6),
        ("udp:", ControlSocketKind.Udp),
        ("udp6:", ControlSocketKind.Udp6),
        ("stdio:", ControlSocketKind.Stdio),
        ("stdioc:", ControlSocketKind.ClosingStdio),
        ("systemd:", ControlSocketKind.Systemd),
    ];

    private ControlSocketAddress(ControlSocketKind kind) => Kind = kind;

    public ControlSocketKind Kind { get; }

    /// <summary>The file of a <c>unix</c> or <c>cunix</c> socket; empty for the other kinds.</summary>
    public string Path { get; private init; } = "";

    /// <summary>
    /// Literal address, name or <c>*</c> of an Internet socket; empty for the other kinds and where the argument
    /// names none, which is an error when the socket is opened.
    /// </summary>
    public string Host { get; private init; } = "";

    /// <summary>Number or service name of an Internet socket, never empty; empty for the other kinds.</summary>
    public string Port { get; private init; } = "";

    public bool IsUnix => Kind is ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix;

    public bool IsDatagram => Kind is ControlSocketKind.Udp or ControlSocketKind.Udp6;

    public bool IsStdio => Kind is ControlSocketKind.Stdio or ControlSocketKind.ClosingStdio;

    /// <summary>
    /// Why an argument that matches no prefix is not taken for the path of a file: <c>upd:127.0.0.1:22222</c>,
    /// <c>127.0.0.1:22222</c>, <c>udp</c>. Null if it may be one, or has a prefix.
    /// </summary>
    public static string? ExplainDoubt(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        bool hasPrefix = Array.Exists(Prefixes, p => argument.StartsWith(p.Prefix, StringComparison.Ordinal));
        return hasPrefix
            ? null
            : MistypedScheme.Explain(argument, Array.ConvertAll(Prefixes, p => p.Prefix[..^1]), addressScheme: "udp");
    }

    /// <summary>
    /// Takes an argument apart. There is no wrong one: what matches no prefix is the path of a <c>unix:</c> socket.
    /// </summary>
    public static ControlSocketAddress Parse(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        foreach ((string prefix, ControlSocketKind kind) in Prefixes)
        {
            if (argument.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Create(kind, argument[prefix.Length..]);
            }
        }

        return Create(ControlSocketKind.Unix, argument);
    }

    private static ControlSocketAddress Create(ControlSocketKind kind, string rest)
    {
        switch (kind)
        {
            case ControlSocketKind.Unix or ControlSocketKind.ConnectedUnix:
                return new(kind) { Path = rest };
            case ControlSocketKind.Stdio or ControlSocketKind.ClosingStdio or ControlSocketKind.Systemd:
                return new(kind);
            default:
                // The last colon separates: an IPv6 literal therefore needs an explicit port after it.
                int colon = rest.LastIndexOf(':');
                string host = colon < 0 ? rest : rest[..colon];
                string port = colon < 0 ? "" : rest[(colon + 1)..];
                return new(kind) { Host = host, Port = port.Length == 0 ? DefaultPort : port };
        }
    }

    /// <summary>The argument in its full form, with prefix and port.</summary>
    public override string ToString()
    {
        string prefix = Array.Find(Prefixes, p => p.Kind == Kind).Prefix;
        return IsUnix ? prefix + Path : Port.Length == 0 ? prefix : $"{prefix}{Host}:{Port}";
    }
}
