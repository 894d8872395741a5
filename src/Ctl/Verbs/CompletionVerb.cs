using System.CommandLine;
using RtpProxy.Ctl.Completion;
using RtpProxy.Ctl.Output;

namespace RtpProxy.Ctl.Verbs;

/// <summary><c>rtpproxyctl completion bash|zsh|fish</c>: prints a completion script made from the verbs and options there are.</summary>
internal static class CompletionVerb
{
    public static Command Create(Command root, Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", CompletionScripts.Shells) };
        OneOf.Accept(shell, "shell that is known here", CompletionScripts.Shells);
        var verb = new Command("completion", "Print a completion script: source <(rtpproxyctl completion bash)") { shell };
        verb.SetAction(parsed =>
        {
            terminal.WriteLine(CompletionScripts.Write(parsed.GetValue(shell)!, root));
            return ExitCode.Ok;
        });
        return verb;
    }
}
