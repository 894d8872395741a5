using System.CommandLine;
using RtpProxy.Admin;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl upgrade</c>: lets the program that is installed now take over the calls of the one that runs.</summary>
internal static class UpgradeVerb
{
    // The keeper gives up by itself long before: docs/continuity.md has its times.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var verb = new Command("upgrade", "Let the program that is installed now take over all calls, of a relay that runs with --keep.");
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using NodeList nodes = options.ConnectNodes(parsed);
            int worst = ExitCode.Ok;

            // One after the other: where the new version does not do, the others are left alone.
            foreach (Node node in nodes.All)
            {
                AdminAnswer answer = node.Admin is { } admin
                    ? await admin.AskAsync(new AdminRequest { Ask = AdminWords.Upgrade }, cancellation, Patience)
                    : AdminAnswer.NoReply("no admin socket is known; name it with -a");
                Show(node, admin: answer, parsed.GetValue(options.Json), terminal);
                worst = Math.Max(worst, answer.Code);
                if (worst != ExitCode.Ok)
                {
                    break;
                }
            }

            return worst;
        });
        return verb;
    }

    private static void Show(Node node, AdminAnswer admin, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.WriteJson(
                new UpgradeResult(node.Name, admin.Reply?.Upgraded, admin.Problem), CtlJson.Default.UpgradeResult);
        }
        else if (admin.Problem is { } problem)
        {
            terminal.WriteError($"{node.Name}: {problem}");
        }
        else
        {
            terminal.WriteLine($"{node.Name}: rtpproxy {admin.Reply?.Upgraded} relays now");
        }
    }
}
