using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl ping</c>: whether a node lives, how fast it answers, and what it can do.</summary>
internal static class PingVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var count = new Option<int>("--count", "-c")
        {
            HelpName = "N",
            Description = "round trips to measure",
            CustomParser = result => CtlOptions.ReadCount(result, 1_000_000),
            DefaultValueFactory = _ => 3,
        };
        var verb = new Command("ping", "Ask nodes for their version and extensions, and measure round trips.") { count };
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using RelayClients relays = options.Connect(parsed);
            PingResult[] results = await relays.AskAsync(relay => PingAsync(relay, parsed.GetValue(count), cancellation));
            int worst = ExitCode.Ok;
            foreach (PingResult result in results)
            {
                worst = Math.Max(worst, Show(result, parsed.GetValue(options.Json), terminal));
            }

            return worst;
        });
        return verb;
    }

    private static async Task<PingResult> PingAsync(RelayClient relay, int count, CancellationToken cancellation)
    {
        List<double> milliseconds = [];
        string? version = null;
        for (int i = -1; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            RelayAnswer<string> answer = await relay.VersionAsync(cancellation);
            if (!answer.IsDone)
            {
                return new PingResult(relay.Name, version, milliseconds, null, await OtherSocket.ExplainAsync(relay, answer, cancellation));
            }

            // The first one opens the connection; that is not the node's time.
            if (i >= 0)
            {
                milliseconds.Add(Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 3));
            }

            version = answer.Value;
        }

        if (version != ProtocolVersion.Base)
        {
            return new PingResult(
                relay.Name, version, milliseconds, null, $"the version is '{version}'; expected {ProtocolVersion.Base}");
        }

        List<string> capabilities = [];
        foreach (Capability capability in ProtocolVersion.Capabilities.Skip(1))
        {
            if (await relay.SupportsAsync(capability.Date, cancellation) is { Value: true })
            {
                capabilities.Add(capability.Date);
            }
        }

        return new PingResult(relay.Name, version, milliseconds, capabilities, null);
    }

    private static int Show(PingResult result, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.WriteJson(result, CtlJson.Default.PingResult);
        }
        else if (result.Error is null)
        {
            terminal.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Socket}: version {result.Version}, round trip {result.Milliseconds.Min():0.00}/{result.Milliseconds.Average():0.00}/{result.Milliseconds.Max():0.00} ms (least/mean/most of {result.Milliseconds.Count})"));
            terminal.WriteLine($"  extensions: {string.Join(' ', result.Capabilities!)}");
        }
        else
        {
            terminal.WriteError($"{result.Socket}: {result.Error}");
        }

        if (result.Error is null)
        {
            return ExitCode.Ok;
        }

        return result.Version is null ? ExitCode.NoReply : ExitCode.Refused;
    }
}
