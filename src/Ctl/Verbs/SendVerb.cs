using System.CommandLine;
using RtpProxy.Controller;
using RtpProxy.Controller.Relays;
using RtpProxy.Ctl.Nodes;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl send COMMAND</c>: sends a command as it is typed and prints the reply as it comes.</summary>
internal static class SendVerb
{
    public static Command Create(CtlOptions options, Terminal terminal)
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "the command without cookie, as one or several words; without any, commands are read from standard input, one a line",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var verb = new Command("send", "Send a command and print the reply.") { words };
        verb.SetAction(async (parsed, cancellation) =>
        {
            await using RelayClients relays = options.Connect(parsed);
            string[] typed = parsed.GetValue(words)!;
            bool json = parsed.GetValue(options.Json);
            if (typed.Length > 0)
            {
                return await SendAsync(relays, string.Join(' ', typed), json, terminal, cancellation);
            }

            if (!Console.IsInputRedirected)
            {
                terminal.WriteError("commands, one a line; an empty input (Ctrl-D) ends");
            }

            int worst = ExitCode.Ok;
            while (await Console.In.ReadLineAsync(cancellation) is { } line)
            {
                if (line.Length > 0)
                {
                    worst = Math.Max(worst, await SendAsync(relays, line, json, terminal, cancellation));
                }
            }

            return worst;
        });
        return verb;
    }

    private static async Task<int> SendAsync(
        RelayClients relays, string command, bool json, Terminal terminal, CancellationToken cancellation)
    {
        RelayReply[] replies = await relays.AskAsync(relay => relay.SendTextAsync(WireText.FromTyped(command), cancellation).AsTask());
        int worst = ExitCode.Ok;
        foreach ((RelayClient relay, RelayReply reply) in relays.All.Zip(replies))
        {
            bool refused = reply.IsReply && reply.Text.StartsWith('E');
            int code = reply switch
            {
                { Failure: RelayFailure.Unwritable } => ExitCode.Usage,
                { IsReply: false } => ExitCode.NoReply,
                _ => refused ? ExitCode.Refused : ExitCode.Ok,
            };
            worst = Math.Max(worst, code);
            string text = WireText.ToShown(reply.Text.TrimEnd('\r', '\n'));
            string failure = await OtherSocket.ExplainAsync(relay, reply.Failure == RelayFailure.NoReply, FailureText.Of(reply), cancellation);
            if (json)
            {
                string? error = reply.IsReply ? (refused ? text.Trim() : null) : failure;
                terminal.WriteJson(
                    new SendResult(relay.Name, command, reply.IsReply ? text : null, error), CtlJson.Default.SendResult);
            }
            else if (reply.IsReply)
            {
                terminal.WriteReply(relays.AreSeveral ? $"{relay.Name}: {text}" : text);
            }
            else
            {
                terminal.WriteError($"{relay.Name}: {failure}");
            }
        }

        return worst;
    }
}
