using RtpProxy.Io.Net.Addresses;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Hosting;

/// <summary>Reads an argument of <c>-s</c> (control protocol, section 1.1).</summary>
public static class ControlSocketText
{
    /// <summary>The port of <c>udp</c>, <c>udp6</c>, <c>tcp</c> and <c>tcp6</c> when the argument names none.</summary>
    public const string DefaultPort = "22222";

    /// <summary>What an argument may look like, for messages.</summary>
    public const string Forms =
        "unix:PATH, cunix:PATH, udp:HOST[:PORT], udp6:HOST[:PORT], tcp:HOST[:PORT], tcp6:HOST[:PORT], stdio:, stdioc: or systemd:";

    private static readonly string[] Names = ["unix", "cunix", "tcp", "tcp6", "udp", "udp6", "stdio", "stdioc", "systemd"];

    /// <summary>
    /// Why an argument that begins with no kind is not taken for the path of a file: <c>upd:127.0.0.1:22222</c>,
    /// <c>127.0.0.1:22222</c>, <c>udp</c>. Null if it may be one, or has a kind.
    /// </summary>
    public static string? ExplainDoubt(string argument) => argument switch
    {
        "stdio" or "stdioc" or "systemd" => $"a colon belongs to it, did you mean {argument}:",
        _ when SocketText.Split(argument, Names).Kind is null => MistypedScheme.Explain(argument, Names, addressScheme: "udp"),
        _ => null,
    };

    /// <summary>
    /// Takes an argument apart. There is no wrong one: what begins with no kind is the path of a <c>unix</c> socket.
    /// </summary>
    public static ControlSocketAddress Parse(string argument)
    {
        SocketText text = SocketText.Split(argument, Names);
        string name = text.Kind ?? "unix";
        switch (name)
        {
            case "unix" or "cunix":
                return new(name == "unix" ? ControlSocketKind.Unix : ControlSocketKind.ConnectedUnix, name) { Path = text.Rest };
            case "stdio":
                return new(ControlSocketKind.Stdio, name);
            case "stdioc":
                return new(ControlSocketKind.ClosingStdio, name);
            case "systemd":
                return new(ControlSocketKind.Systemd, name);
            default:
                string host = text.HostAndPort(takesBrackets: false, out string? port);
                return new(InternetKind(name), name) { Host = host, Port = string.IsNullOrEmpty(port) ? DefaultPort : port };
        }
    }

    private static ControlSocketKind InternetKind(string name) => name switch
    {
        "tcp" => ControlSocketKind.Tcp,
        "tcp6" => ControlSocketKind.Tcp6,
        "udp" => ControlSocketKind.Udp,
        _ => ControlSocketKind.Udp6,
    };
}
