using System.CommandLine;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl session CALLID FROMTAG</c>: what is known of a call's media, both legs, in words.</summary>
internal static class SessionVerb
{
    private const int MostMedia = 32;

    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var callId = new Argument<string>("CALLID") { Description = "the Call-ID" };
        var fromTag = new Argument<string>("FROMTAG")
        {
            Description = "the caller's tag, by which daemons find a session; with ;N for one medium only",
        };
        var verb = new Command("session", "Show the sessions of a call, both legs, in words.") { callId, fromTag };
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using RelayClients relays = options.Connect(parsed);
            string call = WireText.FromTyped(parsed.GetValue(callId)!);
            string tag = WireText.FromTyped(parsed.GetValue(fromTag)!);
            SessionSearch[] searches = await relays.AskAsync(relay => SearchAsync(relay, call, tag, cancellation));
            return Show(searches, call, tag, parsed.GetValue(options.Json), terminal);
        });
        return verb;
    }

    // Controllers number the media of a call from 1, except some that use bare tags.
    private static async Task<SessionSearch> SearchAsync(
        RelayClient relay, string call, string tag, CancellationToken cancellation)
    {
        if (tag.Contains(';', StringComparison.Ordinal))
        {
            return await SessionReader.ReadAsync(relay, call, tag, cancellation);
        }

        SessionSearch found = await SessionReader.ReadAsync(relay, call, tag, cancellation);
        for (int medium = 1; medium <= MostMedia && found.Failure is null; medium++)
        {
            SessionSearch next = await SessionReader.ReadAsync(relay, call, $"{tag};{medium}", cancellation);
            if (next is { Sessions.Count: 0, Failure: null })
            {
                break;
            }

            found = found.And(next);
        }

        return found;
    }

    private static int Show(SessionSearch[] searches, string call, string tag, bool json, Terminal terminal)
    {
        int worst = ExitCode.Ok;
        bool any = false;
        foreach (SessionSearch search in searches)
        {
            foreach (SessionResult session in search.Sessions)
            {
                any = true;
                if (json)
                {
                    terminal.WriteJson(session, CtlJson.Default.SessionResult);
                }
                else
                {
                    foreach (string line in SessionWords.Describe(session))
                    {
                        terminal.WriteFacts(line);
                    }
                }
            }

            if (search.Failure is { } failure)
            {
                terminal.WriteError($"{search.Socket}: {failure}");
                worst = Math.Max(worst, failure.Status == AnswerStatus.NoReply ? ExitCode.NoReply : ExitCode.Refused);
            }
        }

        if (!any && worst == ExitCode.Ok)
        {
            terminal.WriteError($"no session of call '{call}' and tag '{tag}'; expected the tag of the first U");
            return ExitCode.Refused;
        }

        return worst;
    }
}
