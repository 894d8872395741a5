using System.CommandLine;
using System.Globalization;
using RtpProxy.Ctl.Output;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp.Statistics;
using Spectre.Console;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl stats</c>: the global counters, once or again and again with their rates.</summary>
internal static class StatsVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var names = new Argument<string[]>("COUNTER")
        {
            Description = "names of counters, such as nsess_created; all that the node knows if none is given",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var watch = new Option<double?>("--watch", "-w")
        {
            HelpName = "SECONDS",
            Description = "read again every so many seconds, with rates, until interrupted; 1 if no number is given",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? 1 : CtlOptions.ReadSeconds(result, 0.1, 86_400),
        };
        var count = new Option<int?>("--count", "-c")
        {
            HelpName = "N",
            Description = "with --watch: end after so many readings",
            CustomParser = result => CtlOptions.ReadCount(result, int.MaxValue),
        };
        var verb = new Command("stats", "Show the counters of nodes.") { names, watch, count };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(count) is not null && result.GetResult(watch) is null)
            {
                result.AddError("--count counts the readings of --watch; expected --watch as well");
            }
        });
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using RelayClients relays = options.Connect(parsed);
            string[] wanted = parsed.GetValue(names)!;
            var reading = new StatsReading(
                relays,
                wanted.Length > 0 ? wanted : [.. GlobalCounterNames.All.Select(counter => counter.Text())],
                parsed.GetValue(options.Json),
                terminal);
            return parsed.GetResult(watch) is null
                ? await reading.ShowOnceAsync(cancellation)
                : await reading.WatchAsync(
                    TimeSpan.FromSeconds(parsed.GetValue(watch) ?? 1), parsed.GetValue(count) ?? int.MaxValue, cancellation);
        });
        return verb;
    }

    private sealed class StatsReading(RelayClients relays, IReadOnlyList<string> names, bool json, Terminal terminal)
    {
        private readonly TimeProvider _time = TimeProvider.System;

        public async Task<int> ShowOnceAsync(CancellationToken cancellation)
        {
            CounterSample[] samples = await TakeAsync(cancellation);
            var verdict = NodeVerdict.Of(samples, names);
            if (json)
            {
                ShowJson(samples, null);
            }
            else
            {
                Draw(terminal.Console, samples, null);
                terminal.WriteErrors(verdict.Errors);
            }

            return verdict.Code;
        }

        public async Task<int> WatchAsync(TimeSpan interval, int count, CancellationToken cancellation)
        {
            using LiveView? view = json ? null : new LiveView(terminal);
            CounterSample[]? before = null;
            int worst = ExitCode.Ok;
            for (int i = 0; i < count; i++)
            {
                CounterSample[] now = await TakeAsync(cancellation);
                var verdict = NodeVerdict.Of(now, names);
                worst = Math.Max(worst, verdict.Code);
                if (view is null)
                {
                    ShowJson(now, before);
                }
                else
                {
                    CounterSample[]? earlier = before;
                    view.Draw(console =>
                    {
                        Draw(console, now, earlier);
                        foreach (string error in verdict.Errors)
                        {
                            console.MarkupLineInterpolated($"[red]{PeerText.OneLine(error)}[/]");
                        }
                    });
                }

                before = now;
                if (i + 1 < count)
                {
                    await Task.Delay(interval, _time, cancellation);
                }
            }

            return worst;
        }

        private Task<CounterSample[]> TakeAsync(CancellationToken cancellation) =>
            relays.AskAsync(relay => CounterSample.TakeAsync(relay, names, _time, cancellation));

        private void ShowJson(CounterSample[] samples, CounterSample[]? before)
        {
            foreach ((CounterSample sample, IReadOnlyDictionary<string, decimal>? rate) in samples.Zip(Rates(samples, before)))
            {
                terminal.WriteJson(
                    new CounterResult(sample.Socket, sample.Time, sample.Counters, rate, sample.Problem), CtlJson.Default.CounterResult);
            }
        }

        private IReadOnlyDictionary<string, decimal>?[] Rates(CounterSample[] samples, CounterSample[]? before) =>
            [.. samples.Select((sample, i) => sample.RatesSince(before?[i], _time))];

        private void Draw(IAnsiConsole console, CounterSample[] samples, CounterSample[]? before)
        {
            IReadOnlyDictionary<string, decimal>?[]? rates = before is null ? null : Rates(samples, before);
            Table table = new Table().Border(TableBorder.None).AddColumn("counter");
            foreach (string node in NodeNames.Short([.. samples.Select(sample => sample.Socket)]))
            {
                table.AddColumn(new TableColumn(Markup.Escape(node)).RightAligned());
                if (rates is not null)
                {
                    table.AddColumn(new TableColumn("per s").RightAligned());
                }
            }

            foreach (string name in names)
            {
                if (!Array.Exists(samples, sample => sample.Counters?.ContainsKey(name) == true))
                {
                    continue;
                }

                List<string> row = [Markup.Escape(name)];
                for (int i = 0; i < samples.Length; i++)
                {
                    row.Add(Text(samples[i].Counters, name));
                    if (rates is not null)
                    {
                        row.Add(Text(rates[i], name));
                    }
                }

                table.AddRow([.. row]);
            }

            if (table.Rows.Count > 0)
            {
                console.Write(table);
            }
        }

        private static string Text(IReadOnlyDictionary<string, decimal>? values, string name) =>
            values is not null && values.TryGetValue(name, out decimal value)
                ? value.ToString(CultureInfo.InvariantCulture)
                : "-";
    }
}
