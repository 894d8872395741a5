using System.CommandLine;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Ctl.Watching;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl top</c>: nodes and calls, live; tables of nodes one after the other where no person watches.</summary>
internal static class TopVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var interval = new IntervalOption();
        var count = new Option<int?>("--count", "-c")
        {
            HelpName = "N",
            Description = "end after so many tables",
            CustomParser = result => CtlOptions.ReadCount(result, int.MaxValue - 1),
        };
        var filter = new CallFilterOptions(hasLimit: false);
        var verb = new Command("top", "Watch nodes, the busiest first, and calls, those in trouble first.") { count };
        interval.AddTo(verb);
        filter.AddTo(verb);
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            int tables = parsed.GetValue(count) ?? int.MaxValue - 1;
            if (terminal.CanRedraw && !parsed.GetValue(options.Json))
            {
                // Rates need two readings: the first one shows calls only.
                var watcher = new Watcher(nodes, true, new WatchState(filter.Read(parsed)), terminal, TimeProvider.System);
                return await watcher.RunAsync(interval.Read(parsed), tables + 1, cancellation);
            }

            return await PrintAsync(nodes, interval.Read(parsed), tables, parsed.GetValue(options.Json), terminal, cancellation);
        });
        return verb;
    }

    private static async Task<int> PrintAsync(
        NodeList nodes, TimeSpan interval, int count, bool json, Terminal terminal, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        CounterSample[] before = await TakeAsync();
        int code = NodeVerdict.Of(before, Watcher.Counters).Code;
        for (int i = 0; i < count; i++)
        {
            await Task.Delay(interval, time, cancellation);
            CounterSample[] now = await TakeAsync();
            NodeActivity[] activities = [.. now.Zip(before).Select(pair => ActivityReader.Read(pair.First, pair.Second, time))];
            if (json)
            {
                foreach (NodeActivity activity in activities)
                {
                    terminal.WriteJson(activity, CtlJson.Default.NodeActivity);
                }
            }
            else
            {
                foreach (TextLine line in NodeTable.Describe(activities, terminal.Console.Profile.Width))
                {
                    terminal.WriteText(line);
                }
            }

            code = NodeVerdict.Of(now, Watcher.Counters).Code;
            before = now;
        }

        return code;

        Task<CounterSample[]> TakeAsync() =>
            nodes.AskAsync(node => CounterSample.TakeAsync(node, Watcher.Counters, time, cancellation));
    }
}
