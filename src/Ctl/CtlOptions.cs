using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;

namespace RtpProxy.Ctl;

/// <summary>The options that all verbs share, and what they say in one command line.</summary>
internal sealed class CtlOptions
{
    private const string DefaultPath = "/var/run/rtpproxy.sock"; // Where a daemon without -s listens,
    private const string PackagePath = "/run/rtpproxy/rtpproxy.sock"; // and one that was installed as a package.

    public Option<RelayAddress[]> Sockets { get; } = new("--socket", "-s")
    {
        HelpName = "SOCKET",
        Description = "control socket: udp:HOST:PORT, tcp:HOST:PORT, unix:PATH, cunix:PATH, udp6:, tcp6:; repeatable",
        Recursive = true,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => [.. result.Tokens.Select(token => ReadAddress(result, token.Value)).OfType<RelayAddress>()],
        DefaultValueFactory = _ => [RelayAddress.Parse($"unix:{(AdminPath.MayExist(PackagePath) && !File.Exists(DefaultPath) ? PackagePath : DefaultPath)}")],
    };

    public Option<string[]> AdminSockets { get; } = new("--admin", "-a")
    {
        HelpName = "PATH",
        Description = $"admin socket, unix:PATH, of the relay of the -s in the same place; repeatable; else {AdminPath.Variable}, else beside the control socket",
        Recursive = true,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => [.. result.Tokens.Select(token => ReadAdminPath(result, token.Value)).OfType<string>()],
    };

    public Option<double> ReplySeconds { get; } = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "seconds to wait for a reply; over UDP for each transmission",
        Recursive = true,
        CustomParser = result => ReadSeconds(result, 0.001, 3_600),
        DefaultValueFactory = _ => 1,
    };

    public Option<int> Transmissions { get; } = new("--transmissions")
    {
        HelpName = "N",
        Description = "how often a command is sent over UDP in all",
        Recursive = true,
        CustomParser = result => ReadCount(result, 100),
        DefaultValueFactory = _ => 3,
    };

    public Option<IPEndPoint?> Local { get; } = new("--local")
    {
        HelpName = "ADDRESS[:PORT]",
        Description = "local address of UDP control sockets",
        Recursive = true,
        CustomParser = ReadEndPoint,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "print JSON, one object on a line, for scripts",
        Recursive = true,
    };

    public void AddTo(Command root)
    {
        root.Add(Sockets);
        root.Add(AdminSockets);
        root.Add(ReplySeconds);
        root.Add(Transmissions);
        root.Add(Local);
        root.Add(Json);
    }

    /// <summary>One client for each control socket, in order.</summary>
    public RelayClients Connect(ParseResult parsed)
    {
        RelayClientOptions options = ClientOptions(parsed);
        return new RelayClients([.. parsed.GetValue(Sockets)!.Select(address => new RelayClient(address, options))]);
    }

    /// <summary>
    /// The nodes with both sockets: those named by options, the first of one kind with the first of the other; without any the
    /// admin sockets of the environment, or the default control socket. Where only a control socket is named, the admin socket
    /// may lie beside it.
    /// </summary>
    /// <exception cref="FormatException">The environment names no admin socket; the message says what was expected.</exception>
    public NodeList ConnectNodes(ParseResult parsed)
    {
        IReadOnlyList<string> admins = parsed.GetValue(AdminSockets) ?? [];
        bool areSocketsNamed = parsed.GetResult(Sockets) is { Implicit: false };
        if (admins.Count == 0 && !areSocketsNamed)
        {
            admins = AdminPath.FromEnvironment(out string? error);
            if (error is not null)
            {
                throw new FormatException(error);
            }
        }

        RelayAddress[] controls = areSocketsNamed || admins.Count == 0 ? parsed.GetValue(Sockets)! : [];
        RelayClientOptions options = ClientOptions(parsed);
        return new NodeList(
            [.. Enumerable.Range(0, Math.Max(admins.Count, controls.Length))
                .Select(at => ConnectNode(controls.ElementAtOrDefault(at), admins.ElementAtOrDefault(at), options))]);
    }

    public static double ReadSeconds(ArgumentResult result, double least, double most)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds >= least && seconds <= most)
        {
            return seconds;
        }

        result.AddError(string.Create(
            CultureInfo.InvariantCulture, $"'{text}' is no time; expected {least} to {most} seconds"));
        return least;
    }

    public static int ReadCount(ArgumentResult result, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= most)
        {
            return count;
        }

        result.AddError($"'{text}' is no count; expected 1 to {most}");
        return 1;
    }

    private static Node ConnectNode(RelayAddress? control, string? admin, RelayClientOptions options)
    {
        string? path = admin ?? (control is { IsUnix: true } ? AdminPath.FindBeside(control.Host) : null);
        return new Node(
            control is null ? null : new RelayClient(control, options),
            path is null ? null : new AdminClient(path, options.ReplyTimeout),
            isFound: admin is null);
    }

    private RelayClientOptions ClientOptions(ParseResult parsed) => new()
    {
        ReplyTimeout = TimeSpan.FromSeconds(parsed.GetValue(ReplySeconds)),
        Transmissions = parsed.GetValue(Transmissions),
        LocalSocket = parsed.GetValue(Local),
    };

    private static RelayAddress? ReadAddress(ArgumentResult result, string text)
    {
        if (RelayAddress.TryParse(text, out RelayAddress? address, out string? error))
        {
            return address;
        }

        result.AddError(error);
        return null;
    }

    private static string? ReadAdminPath(ArgumentResult result, string text)
    {
        string? path = AdminPath.Parse(text, out string? error);
        if (error is not null)
        {
            result.AddError(error);
        }

        return path;
    }

    private static IPEndPoint? ReadEndPoint(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (IPEndPoint.TryParse(text, out IPEndPoint? local))
        {
            return local;
        }

        result.AddError($"'{text}' is no local address; expected ADDRESS or ADDRESS:PORT");
        return null;
    }
}
