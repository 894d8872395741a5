using System.CommandLine;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl why CALLID [FROMTAG]</c>: the verdict on a call alone, and an exit status for each.</summary>
internal static class WhyVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var arguments = new CallArguments();
        var verb = new Command("why", "Say why a call is as it is, in a sentence; the exit status tells the verdict.");
        arguments.AddTo(verb);
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            (string call, string? tag) = arguments.Read(parsed);
            SessionLookup[] found = await nodes.AskAsync(node => SessionLookup.FindAsync(node, call, tag, cancellation));
            VerdictResult[][] verdicts = await Task.WhenAll(found.Select(lookup => JudgeAsync(lookup, cancellation)));
            foreach (VerdictResult verdict in verdicts.SelectMany(each => each))
            {
                Print(verdict, nodes.AreSeveral, parsed.GetValue(options.Json), terminal);
            }

            terminal.WriteErrors(found.Where(lookup => lookup.Problem is not null).Select(lookup => $"{lookup.Node.Name}: {lookup.Problem}"));
            if (verdicts.SelectMany(each => each).Select(verdict => Verdicts.ExitCodeOf(verdict.Verdict, verdict.Trouble)).DefaultIfEmpty(-1).Max() is >= 0 and int code)
            {
                return code;
            }

            int worst = found.Max(lookup => lookup.Code);
            if (worst == ExitCode.Ok)
            {
                terminal.WriteError(CallArguments.NotFound(call, tag));
                return ExitCode.Refused;
            }

            return worst;
        });
        return verb;
    }

    private static void Print(VerdictResult verdict, bool hasNodes, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.WriteJson(verdict, CtlJson.Default.VerdictResult);
            return;
        }

        string node = hasNodes ? $"{verdict.Socket}: " : "";
        terminal.WriteText(new TextLine($"{node}{verdict.Verdict}: {WireText.ToShown(verdict.Sentence)}", 2, verdict.Trouble));
        if (verdict.Missing is { } missing)
        {
            terminal.WriteText(new TextLine($"  not known: {missing}", 4));
        }
    }

    private static async Task<VerdictResult[]> JudgeAsync(SessionLookup lookup, CancellationToken cancellation)
    {
        if (lookup.Search is { Sessions: { Count: > 0 } sessions } && lookup.Node.Control is { } control)
        {
            return await Task.WhenAll(sessions.Select(session => CoarseVerdict.WatchAsync(control, session, TimeProvider.System, cancellation)));
        }

        return [.. lookup.Details.Select(session => new VerdictResult(
            lookup.Node.Name, session.CallId, session.FromTag, session.Verdict, session.Trouble, session.Party, session.Sentence, null))];
    }
}
