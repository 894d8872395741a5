using System.CommandLine;
using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl calls</c>: the calls that there are, those in trouble first.</summary>
internal static class CallsVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var filter = new CallFilterOptions();
        var verb = new Command("calls", "List calls, those in trouble first.");
        filter.AddTo(verb);
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            CallPage page = await CallPage.ReadAsync(nodes, filter.Read(parsed), 0, filter.Limit(parsed), cancellation);
            if (parsed.GetValue(options.Json))
            {
                foreach ((Node node, SessionRow row) in page.Rows)
                {
                    terminal.WriteJson(new CallResult(node.Name, row), CtlJson.Default.CallResult);
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
