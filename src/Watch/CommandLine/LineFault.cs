using System.CommandLine;
using System.CommandLine.Parsing;

namespace RtpProxy.Watch.CommandLine;

/// <summary>What is wrong with a command line, in one line that says what was expected.</summary>
internal static class LineFault
{
    /// <param name="parsed">Has errors.</param>
    public static string Of(ParseResult parsed) => parsed.UnmatchedTokens switch
    {
        [string word, ..] => $"'{word.Split('=')[0]}' is not understood; expected options and their values",
        _ => parsed.Errors.Select(Of).FirstOrDefault(told => told is not null) ?? Missing(parsed) ?? parsed.Errors[0].Message,
    };

    // What a reader of ours says of a value stands as it is.
    private static string? Of(ParseError error) => (error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult) switch
    {
        { Tokens: [], IdentifierToken: not null } valueless => $"{valueless.Option.Name} has no value; expected {valueless.Option.HelpName}",
        { Tokens: not [] } => error.Message,
        _ => null,
    };

    private static string? Missing(ParseResult parsed) => parsed.CommandResult.Command.Options
        .Where(option => option.Required && parsed.GetResult(option) is null or { IdentifierToken: null })
        .Select(option => $"there is no {option.Name}; expected {option.Name} {option.HelpName}")
        .FirstOrDefault();
}
