using System.CommandLine;
using RtpProxy.Admin;
using RtpProxy.Ctl.Calls;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl session CALLID [FROMTAG]</c>: what is known of a call's media, both legs, in words.</summary>
internal static class SessionVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var arguments = new CallArguments();
        var verb = new Command("session", "Show the sessions of a call, both legs, in words.");
        arguments.AddTo(verb);
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            (string call, string? tag) = arguments.Read(parsed);
            SessionLookup[] found = await nodes.AskAsync(node => SessionLookup.FindAsync(node, call, tag, cancellation));
            foreach (SessionLookup lookup in found)
            {
                if (parsed.GetValue(options.Json))
                {
                    PrintJson(lookup, terminal);
                }
                else
                {
                    Print(lookup, terminal);
                }
            }

            int worst = found.Max(lookup => lookup.Code);
            if (worst == ExitCode.Ok && !Array.Exists(found, lookup => lookup.IsFound))
            {
                terminal.WriteError(CallArguments.NotFound(call, tag));
                return ExitCode.Refused;
            }

            return worst;
        });
        return verb;
    }

    private static void Print(SessionLookup lookup, Terminal terminal)
    {
        foreach (SessionDetail session in lookup.Details)
        {
            foreach (TextLine line in SessionText.Describe(session, lookup.Node.Name, terminal.HasBlocks))
            {
                terminal.WriteText(line);
            }
        }

        foreach (SessionResult session in lookup.Search?.Sessions ?? [])
        {
            foreach (string line in SessionWords.Describe(session))
            {
                terminal.WriteFacts(line);
            }

            terminal.WriteText(new TextLine($"  not known: {MissingText.Session}", 4));
        }

        WriteProblem(lookup, terminal);
    }

    private static void PrintJson(SessionLookup lookup, Terminal terminal)
    {
        foreach (SessionDetail session in lookup.Details)
        {
            terminal.WriteJson(new SessionDetailResult(lookup.Node.Name, session), CtlJson.Default.SessionDetailResult);
        }

        foreach (SessionResult session in lookup.Search?.Sessions ?? [])
        {
            terminal.WriteJson(session, CtlJson.Default.SessionResult);
        }

        WriteProblem(lookup, terminal);
    }

    private static void WriteProblem(SessionLookup lookup, Terminal terminal)
    {
        if (lookup.Problem is { } problem)
        {
            terminal.WriteError($"{lookup.Node.Name}: {problem}");
        }
    }
}
