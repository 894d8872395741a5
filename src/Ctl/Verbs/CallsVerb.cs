using System.CommandLine;
using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;
using RtpProxy.Ctl.Watching;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl calls</c>: the calls that there are, those in trouble first.</summary>
internal static class CallsVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var filter = new CallFilterOptions(hasLimit: true);
        var interval = new IntervalOption();
        var once = new Option<bool>("--once") { Description = "print the list once, on a terminal too" };
        var verb = new Command("calls", "Watch calls, those in trouble first.") { once };
        var names = new Option<bool>("--names") { Description = "print the Call-IDs alone, one a line" };
        verb.Add(names);
        filter.AddTo(verb);
        interval.AddTo(verb);
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            bool isLive = terminal.CanRedraw && !parsed.GetValue(once) && !parsed.GetValue(names) && !parsed.GetValue(options.Json) && filter.Limit(parsed) == int.MaxValue;
            if (isLive)
            {
                var watcher = new Watcher(nodes, false, new WatchState(filter.Read(parsed)), terminal, TimeProvider.System);
                return await watcher.RunAsync(interval.Read(parsed), int.MaxValue, cancellation);
            }

            CallPage page = await CallPage.ReadAsync(nodes, filter.Read(parsed), 0, filter.Limit(parsed), cancellation);
            if (parsed.GetValue(options.Json))
            {
                foreach ((Node node, SessionRow row) in page.Rows)
                {
                    terminal.WriteJson(new CallResult(node.Name, row), CtlJson.Default.CallResult);
                }
            }
            else if (parsed.GetValue(names))
            {
                foreach (string callId in page.Rows.Select(pair => pair.Row.CallId).Distinct(StringComparer.Ordinal))
                {
                    terminal.WriteReply(WireText.ToShown(callId));
                }
            }
            else if (page.Rows.Count > 0)
            {
                Print(nodes, page, terminal);
            }

            terminal.WriteErrors(page.Problems);
            return page.Code;
        });
        return verb;
    }

    private static void Print(NodeList nodes, CallPage page, Terminal terminal)
    {
        var table = new CallTable(nodes, terminal.Console.Profile.Width);
        terminal.WriteLine(Paint.Headings(table.Headings(), terminal.HasColours));
        foreach ((Node node, SessionRow row) in page.Rows)
        {
            string line = table.Line(node, row);
            terminal.WriteLine(row.Trouble ? Paint.Trouble(line, terminal.HasColours) : line);
        }
    }
}
