using System.CommandLine;
using System.Globalization;
using RtpProxy.Ctl.Output;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp.Statistics;
using Spectre.Console;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl top</c>: a live table of the busiest nodes, and of those in trouble.</summary>
internal static class TopVerb
{
    private static readonly string[] Counters =
    [
        GlobalCounter.SessionsCreated.Text(),
        GlobalCounter.SessionsDestroyed.Text(),
        GlobalCounter.SessionsTimedOut.Text(),
        GlobalCounter.PacketsReceived.Text(),
        GlobalCounter.PacketsRelayed.Text(),
        GlobalCounter.PacketsDiscarded.Text(),
        GlobalCounter.CommandsReceived.Text(),
        GlobalCounter.CommandsFailed.Text(),
    ];

    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var interval = new Option<double>("--interval", "-i")
        {
            Description = "seconds between readings",
            CustomParser = result => CtlOptions.ReadSeconds(result, 0.1, 86_400),
            DefaultValueFactory = _ => 1,
        };
        var count = new Option<int?>("--count", "-c")
        {
            Description = "end after so many tables",
            CustomParser = result => CtlOptions.ReadCount(result, int.MaxValue - 1),
        };
        var verb = new Command("top", "Watch the busiest and the troubled nodes.") { interval, count };
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using RelayClients relays = options.Connect(parsed);
            return await WatchAsync(
                relays,
                TimeSpan.FromSeconds(parsed.GetValue(interval)),
                parsed.GetValue(count) ?? int.MaxValue - 1,
                parsed.GetValue(options.Json),
                terminal,
                cancellation);
        });
        return verb;
    }

    private static async Task<int> WatchAsync(
        RelayClients relays, TimeSpan interval, int count, bool json, Terminal terminal, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        using LiveView? view = json ? null : new LiveView(terminal);
        CounterSample[] before = await TakeAsync();
        int worst = NodeVerdict.Of(before, Counters).Code;
        for (int i = 0; i < count; i++)
        {
            await Task.Delay(interval, time, cancellation);
            CounterSample[] now = await TakeAsync();
            NodeActivity[] activities =
                [.. now.Select((sample, node) => ActivityReader.Read(sample, before[node], time))];
            if (view is null)
            {
                foreach (NodeActivity activity in activities)
                {
                    terminal.WriteJson(activity, CtlJson.Default.NodeActivity);
                }
            }
            else
            {
                view.Draw(console => Draw(console, activities));
            }

            worst = NodeVerdict.Of(now, Counters).Code;
            before = now;
        }

        return worst;

        Task<CounterSample[]> TakeAsync() =>
            relays.AskAsync(relay => CounterSample.TakeAsync(relay, Counters, time, cancellation));
    }

    private static void Draw(IAnsiConsole console, NodeActivity[] activities)
    {
        IReadOnlyList<string> names = NodeNames.Short([.. activities.Select(node => node.Socket)]);
        Table busiest = new Table().Border(TableBorder.None).AddColumn(new TableColumn("busiest node").NoWrap().PadLeft(0));
        foreach (string heading in new[] { "sessions", "pkts/s", "relayed/s", "dropped/s", "cmds/s", "errors/s", "ms" })
        {
            busiest.AddColumn(new TableColumn(heading).RightAligned().PadLeft(0));
        }

        foreach ((NodeActivity node, string name) in activities.Zip(names)
            .OrderByDescending(pair => pair.First.PacketsPerSecond)
            .ThenByDescending(pair => pair.First.ActiveSessions))
        {
            busiest.AddRow(
                Markup.Escape(name),
                Text(node.ActiveSessions),
                Text(node.PacketsPerSecond),
                Text(node.RelayedPerSecond),
                Text(node.DiscardedPerSecond),
                Text(node.CommandsPerSecond),
                Text(node.ErrorsPerSecond),
                node.Milliseconds.ToString("0.0", CultureInfo.InvariantCulture));
        }

        console.Write(busiest);
        NodeActivity[] troubled = [.. activities.Where(node => node.Trouble is not null)];
        console.WriteLine(troubled.Length == 0 ? "no node is in trouble" : "troubled nodes");
        foreach (NodeActivity node in troubled)
        {
            console.MarkupLineInterpolated($"  [red]{node.Socket}[/]: {PeerText.OneLine(node.Trouble!)}");
        }
    }

    private static string Text(decimal value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
