using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Ctl;

/// <summary>The options that all verbs share, and what they say in one command line.</summary>
internal sealed class CtlOptions
{
    private const string DefaultSocket = "unix:/var/run/rtpproxy.sock"; // Where a daemon without -s listens.

    public Option<RelayAddress[]> Sockets { get; } = new("--socket", "-s")
    {
        Description = "control socket: udp:HOST:PORT, tcp:HOST:PORT, unix:PATH, cunix:PATH, udp6:, tcp6:; repeatable",
        Recursive = true,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => [.. result.Tokens.Select(token => ReadAddress(result, token.Value)).OfType<RelayAddress>()],
        DefaultValueFactory = _ => [RelayAddress.Parse(DefaultSocket)],
    };

    public Option<double> ReplySeconds { get; } = new("--timeout")
    {
        Description = "seconds to wait for a reply; over UDP for each transmission",
        Recursive = true,
        CustomParser = result => ReadSeconds(result, 0.001, 3_600),
        DefaultValueFactory = _ => 1,
    };

    public Option<int> Transmissions { get; } = new("--transmissions")
    {
        Description = "how often a command is sent over UDP in all",
        Recursive = true,
        CustomParser = result => ReadCount(result, 100),
        DefaultValueFactory = _ => 3,
    };

    public Option<IPEndPoint?> Local { get; } = new("--local")
    {
        Description = "local ADDRESS[:PORT] of UDP control sockets",
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
        root.Add(ReplySeconds);
        root.Add(Transmissions);
        root.Add(Local);
        root.Add(Json);
    }

    /// <summary>One client for each socket, in order.</summary>
    public RelayClients Connect(ParseResult parsed)
    {
        var options = new RelayClientOptions
        {
            ReplyTimeout = TimeSpan.FromSeconds(parsed.GetValue(ReplySeconds)),
            Transmissions = parsed.GetValue(Transmissions),
            LocalSocket = parsed.GetValue(Local),
        };
        return new RelayClients([.. parsed.GetValue(Sockets)!.Select(address => new RelayClient(address, options))]);
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

    private static RelayAddress? ReadAddress(ArgumentResult result, string text)
    {
        if (RelayAddress.TryParse(text, out RelayAddress? address, out string? error))
        {
            return address;
        }

        result.AddError(error);
        return null;
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
