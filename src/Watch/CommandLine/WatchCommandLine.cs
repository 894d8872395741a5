using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace RtpProxy.Watch.CommandLine;

/// <summary>The options of <c>rtpproxywatch</c>.</summary>
internal static class WatchCommandLine
{
    private const int UsageStatus = 2;
    private const string OtlpPath = "/v1/metrics"; // OTLP 1.x, section "OTLP/HTTP Request"

    // So that what a unit passes can be changed behind it.
    private static readonly ArgumentArity LastCounts = ArgumentArity.OneOrMore;

    private static readonly Option<NodeAddress[]> Nodes = new("--node")
    {
        HelpName = "[NAME=]SOCKET",
        Description = "relay to watch: unix:PATH of its admin socket, or fd:NUMBER of an inherited connection; repeatable",
        AllowMultipleArgumentsPerToken = false,
        Required = true,
        CustomParser = result => [.. result.Tokens.Select(token => ReadNode(result, token.Value)).OfType<NodeAddress>()],
    };

    private static readonly Option<IPEndPoint?> Http = new("--http")
    {
        HelpName = "ADDRESS:PORT",
        Description = "where to listen for the page, /metrics, /api, /healthz and /readyz; other than loopback needs --http-token",
        Arity = LastCounts,
        CustomParser = ReadListenAddress,
    };

    private static readonly Option<IPEndPoint?> NgHttp = new("--ng-http")
    {
        HelpName = "ADDRESS:PORT",
        Description = "where to take commands of the ng protocol over HTTP and WebSocket, for --ng; other than loopback needs --http-token",
        Arity = LastCounts,
        CustomParser = ReadListenAddress,
    };

    private static readonly Option<IPEndPoint?> NgRelay = new("--ng")
    {
        HelpName = "udp:ADDRESS:PORT",
        Description = "the relay's ng socket, which they go on to",
        Arity = LastCounts,
        CustomParser = ReadNgSocket,
    };

    private static readonly Option<string?> Token = new("--http-token")
    {
        HelpName = "FILE",
        Description = "file with the token that clients must know; readable by its owner (and group) only",
        Arity = LastCounts,
        CustomParser = result => result.Tokens[^1].Value,
    };

    private static readonly Option<string[]> HostNames = new("--http-host")
    {
        HelpName = "NAME",
        Description = "name by which browsers reach the page, besides addresses and localhost; repeatable",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<Uri?> Otlp = new("--otlp")
    {
        HelpName = "URL",
        Description = "OpenTelemetry collector to push metrics to over HTTP, as http://127.0.0.1:4318",
        Arity = LastCounts,
        CustomParser = ReadCollector,
    };

    private static readonly Option<int> OtlpSeconds = new("--otlp-seconds")
    {
        HelpName = "N",
        Description = "seconds between pushes, 1 to 3600",
        DefaultValueFactory = _ => 15,
        Arity = LastCounts,
        CustomParser = ReadPeriod,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        RootCommand root = new("Shows what rtpproxy relays do: a page, metrics for Prometheus and OpenTelemetry, health.");
        root.Add(Nodes);
        root.Add(Http);
        root.Add(Token);
        root.Add(HostNames);
        root.Add(NgHttp);
        root.Add(NgRelay);
        root.Add(Otlp);
        root.Add(OtlpSeconds);
        root.SetAction(async (parsed, stop) => await RunAsync(parsed, stop));

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync($"rtpproxywatch: {LineFault.Of(parsed)}; --help lists the options");
            return UsageStatus;
        }

        // The web server minds the signals itself.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string? token = null;
        string? problem = ProblemTogether(parsed);
        if (problem is not null)
        {
            await Console.Error.WriteLineAsync($"rtpproxywatch: {problem}; --help lists the options");
            return UsageStatus;
        }

        if (parsed.GetValue(Token) is { } path && !TokenFile.TryRead(path, out token, out problem))
        {
            await Console.Error.WriteLineAsync($"rtpproxywatch: {problem}");
            return UsageStatus;
        }

        WatchOptions options = new()
        {
            Nodes = parsed.GetValue(Nodes)!,
            Http = parsed.GetValue(Http),
            NgHttp = parsed.GetValue(NgHttp),
            NgRelay = parsed.GetValue(NgRelay),
            Token = token,
            HostNames = parsed.GetValue(HostNames) ?? [],
            Otlp = parsed.GetValue(Otlp),
            OtlpPeriod = TimeSpan.FromSeconds(parsed.GetValue(OtlpSeconds)),
        };
        return await new Watcher(options).RunAsync(stop);
    }

    // Of options that are right each by itself: a value that is wrong has no value to compare, and was told before.
    private static string? ProblemTogether(ParseResult parsed)
    {
        string? again = parsed.GetValue(Nodes)!.GroupBy(node => node.Name).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (again is not null)
        {
            return $"two nodes are called '{again}'; give them names, as in --node edge1=unix:PATH";
        }

        IPEndPoint? http = parsed.GetValue(Http);
        IPEndPoint? ngHttp = parsed.GetValue(NgHttp);
        IPEndPoint? open = new[] { http, ngHttp }.FirstOrDefault(address => address is not null && !IPAddress.IsLoopback(address.Address));
        return (http, ngHttp) switch
        {
            (null, null) when parsed.GetValue(Otlp) is null => "there is nobody to tell; expected --http ADDRESS:PORT, --ng-http ADDRESS:PORT or --otlp URL",
            _ when (ngHttp is null) != (parsed.GetValue(NgRelay) is null) => "of --ng-http ADDRESS:PORT and --ng udp:ADDRESS:PORT each needs the other",
            _ when open is not null && parsed.GetValue(Token) is null =>
                $"{open} can be reached from other hosts, which needs --http-token FILE; expected a loopback address otherwise",
            _ => null,
        };
    }

    private static NodeAddress? ReadNode(ArgumentResult result, string text)
    {
        if (NodeAddress.TryParse(text, out NodeAddress? address, out string? problem))
        {
            return address;
        }

        result.AddError($"--node: {problem}");
        return null;
    }

    private static IPEndPoint? ReadListenAddress(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (TryReadAddress(text, out IPEndPoint? address))
        {
            return address;
        }

        result.AddError($"{result.Argument.Name}: '{text}' is no address to serve at; expected ADDRESS:PORT, as 127.0.0.1:8880 or [::1]:8880");
        return null;
    }

    private static IPEndPoint? ReadNgSocket(ArgumentResult result)
    {
        const string Scheme = "udp:";
        string text = result.Tokens[^1].Value;
        if (text.StartsWith(Scheme, StringComparison.Ordinal) && TryReadAddress(text[Scheme.Length..], out IPEndPoint? address) && address.Port > 0)
        {
            return address;
        }

        result.AddError($"--ng: '{text}' is no ng socket of a relay; expected udp:ADDRESS:PORT, as udp:127.0.0.1:2223");
        return null;
    }

    private static bool TryReadAddress(string text, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        int colon = text.LastIndexOf(':');
        endPoint = colon > 0
            && IPAddress.TryParse(text.AsSpan(0, colon), out IPAddress? address)
            && (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 || text[0] == '[')
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
                ? new IPEndPoint(address, port)
                : null;
        return endPoint is not null;
    }

    private static Uri? ReadCollector(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
        {
            return url.AbsolutePath is "" or "/" ? new Uri(url, OtlpPath) : url;
        }

        result.AddError($"--otlp: '{text}' is no collector; expected http://HOST:PORT or https://HOST:PORT");
        return null;
    }

    private static int ReadPeriod(ArgumentResult result)
    {
        string text = result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 3_600)
        {
            return seconds;
        }

        result.AddError($"--otlp-seconds: '{text}' is no period; expected 1 to 3600 seconds");
        return 1;
    }
}
