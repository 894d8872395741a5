using System.CommandLine;
using RtpProxy.Ctl.Calls;

namespace RtpProxy.Ctl.Verbs;

/// <summary>Which calls are listed, and in which order.</summary>
internal sealed class CallFilterOptions
{
    private readonly Option<string?> _text = new("--filter", "-f")
    {
        HelpName = "TEXT",
        Description = "only calls with this text in the Call-ID or a tag, whatever its case",
    };

    private readonly Option<bool> _trouble = new("--trouble") { Description = "only calls that somebody should look at" };

    private readonly Option<string?> _verdict = new("--verdict")
    {
        HelpName = "VERDICT",
        Description = $"only calls with this verdict: {string.Join(", ", Verdicts.All)}",
    };

    private readonly Option<string> _sort = new("--sort")
    {
        HelpName = "ORDER",
        Description = $"what comes first: {string.Join(", ", CallQuery.Sorts)}",
        DefaultValueFactory = _ => CallQuery.Trouble,
    };

    private readonly Option<int?> _limit = new("--limit", "-n")
    {
        HelpName = "N",
        Description = "list so many calls at most",
        CustomParser = result => CtlOptions.ReadCount(result, int.MaxValue),
    };

    private readonly bool _hasLimit;

    /// <param name="hasLimit">Whether the length of the list may be given.</param>
    public CallFilterOptions(bool hasLimit)
    {
        _hasLimit = hasLimit;
        OneOf.Accept(_verdict, "verdict", [.. Verdicts.All]);
        OneOf.Accept(_sort, "order", CallQuery.Sorts);
    }

    public void AddTo(Command verb)
    {
        verb.Add(_text);
        verb.Add(_trouble);
        verb.Add(_verdict);
        verb.Add(_sort);
        if (_hasLimit)
        {
            verb.Add(_limit);
        }
    }

    public CallQuery Read(ParseResult parsed) => new(
        parsed.GetValue(_text) is { Length: > 0 } text ? WireText.FromTyped(text) : null,
        parsed.GetValue(_trouble),
        parsed.GetValue(_verdict),
        parsed.GetValue(_sort)!);

    public int Limit(ParseResult parsed) => parsed.GetValue(_limit) ?? int.MaxValue;
}
