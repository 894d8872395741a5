using System.CommandLine;
using System.CommandLine.Parsing;
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
            _ when parsed.Errors.Select(FaultOfOption).FirstOrDefault(told => told is not null) is { } fault => fault,
            [] when verb is RootCommand => $"there is no verb; expected {expected}",
            _ when parsed.Errors[0].SymbolResult is ArgumentResult { Tokens: [] } missing => $"there is no {missing.Argument.Name}; expected {expected}",
            _ => parsed.Errors[0].Message,
        };
    }

    // What a reader of ours says of a value stands as it is.
    private static string? FaultOfOption(ParseError error) => (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) switch
    {
        { Tokens: [] } valueless => $"{valueless.IdentifierToken?.Value} has no value; expected {valueless.Option.HelpName}",
        { Option.Arity.MaximumNumberOfValues: 1, Tokens: [_, _, ..] } repeated =>
            $"{repeated.IdentifierToken?.Value} is given {repeated.Tokens.Count} times; expected it once",
        { } => error.Message,
        _ => null,
    };

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
