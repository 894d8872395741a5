using System.CommandLine;
using System.CommandLine.Parsing;

namespace RtpProxy.Ctl;

/// <summary>Values of which there are a few: others are refused with all of them, in one line.</summary>
internal static class OneOf
{
    /// <param name="what">What each of them is, for the message.</param>
    public static void Accept<T>(Option<T> option, string what, IReadOnlyCollection<string> known)
    {
        option.CompletionSources.Add([.. known]);
        option.Validators.Add(result => Check(result, what, known));
    }

    /// <inheritdoc cref="Accept{T}(Option{T}, string, IReadOnlyCollection{string})"/>
    public static void Accept<T>(Argument<T> argument, string what, IReadOnlyCollection<string> known)
    {
        argument.CompletionSources.Add([.. known]);
        argument.Validators.Add(result => Check(result, what, known));
    }

    private static void Check(SymbolResult result, string what, IReadOnlyCollection<string> known)
    {
        if (result.Tokens.FirstOrDefault(token => !known.Contains(token.Value)) is { } other)
        {
            result.AddError($"'{other.Value}' is no {what}; expected {string.Join(", ", known.SkipLast(1))} or {known.Last()}");
        }
    }
}
