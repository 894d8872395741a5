using System.CommandLine;
using RtpProxy.Ctl.Output;
using RtpProxy.Ctl.Verbs;

namespace RtpProxy.Ctl;

/// <summary>The verbs and options of <c>rtpproxyctl</c>.</summary>
internal static class CtlCommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var terminal = new Terminal();
        ParseResult parsed = Create(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            terminal.WriteError(Describe(parsed));
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (FormatException e)
        {
            terminal.WriteError(e.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException)
        {
            // Whoever reads our output has gone, as head(1) does.
            return ExitCode.Ok;
        }
    }

    private static string Describe(ParseResult parsed)
    {
        Command verb = parsed.CommandResult.Command;
        string expected = verb is RootCommand
            ? $"one of {string.Join(", ", verb.Subcommands.Select(known => known.Name))}"
            : $"what 'rtpproxyctl {verb.Name} --help' lists";
        return parsed.UnmatchedTokens switch
        {
            [string word, ..] => $"'{word}' is not understood here; expected {expected}",
            [] when verb is RootCommand => $"there is no verb; expected {expected}",
            _ => parsed.Errors[0].Message,
        };
    }

    public static RootCommand Create(Terminal terminal)
    {
        var options = new CtlOptions();
        var root = new RootCommand("Asks running rtpproxy daemons, and shows what they do.");
        options.AddTo(root);
        root.Add(SendVerb.Create(options, terminal));
        root.Add(StatsVerb.Create(options, terminal));
        root.Add(CallsVerb.Create(options, terminal));
        root.Add(SessionVerb.Create(options, terminal));
        root.Add(WhyVerb.Create(options, terminal));
        root.Add(TopVerb.Create(options, terminal));
        root.Add(DoctorVerb.Create(options, terminal));
        root.Add(UpgradeVerb.Create(options, terminal));
        root.Add(PingVerb.Create(options, terminal));
        root.Add(CompletionVerb.Create(root, terminal));
        return root;
    }
}
