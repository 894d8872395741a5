using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using RtpProxy.Admin;

namespace RtpProxy.Watch.Http;

/// <summary>Which sessions a client wants to see, in which order, and which page of them.</summary>
/// <param name="Node">Of one relay; null for all.</param>
internal sealed record ListQuery(string? Node, string? Text, bool Trouble, string? Verdict, string Sort, int Skip, int Take)
{
    public const int MaxTake = 500;

    private const int DefaultTake = 50;
    private const int MaxSkip = 1_000_000;
    private const int MaxTextLength = 256;
    private const string DefaultSort = "trouble";

    private static readonly string[] Sorts = [DefaultSort, "oldest", "newest", "call-id", "loss", "score"];

    /// <summary>Reads <c>node</c>, <c>text</c>, <c>trouble</c>, <c>verdict</c>, <c>sort</c>, <c>skip</c> and <c>take</c>.</summary>
    /// <param name="problem">One sentence, if one of them cannot be read.</param>
    public static bool TryRead(
        IQueryCollection query, [NotNullWhen(true)] out ListQuery? list, [NotNullWhen(false)] out string? problem)
    {
        list = null;
        string sort = query["sort"].FirstOrDefault() is { Length: > 0 } named ? named : DefaultSort;
        string? text = NullIfEmpty(query["text"]);
        string? verdict = NullIfEmpty(query["verdict"]);
        string trouble = query["trouble"].FirstOrDefault() ?? "";
        problem = null;
        if (!Sorts.Contains(sort))
        {
            problem = $"sort is one of {string.Join(", ", Sorts)}";
        }
        else if ((text is not null && Encoding.UTF8.GetByteCount(text) > MaxTextLength) || verdict?.Length > MaxTextLength)
        {
            problem = $"text and verdict have at most {MaxTextLength} bytes of UTF-8";
        }
        else if (trouble is not ("" or "0" or "1" or "false" or "true"))
        {
            problem = "trouble is 0 or 1";
        }

        if (problem is not null
            || !TryReadCount(query, "skip", 0, 0, MaxSkip, out int skip, out problem)
            || !TryReadCount(query, "take", DefaultTake, 1, MaxTake, out int take, out problem))
        {
            return false;
        }

        list = new ListQuery(NullIfEmpty(query["node"]), text, trouble is "1" or "true", verdict, sort, skip, take);
        return true;
    }

    /// <summary>As a question to a relay.</summary>
    /// <param name="text">A reading of <see cref="Text"/>.</param>
    public AdminRequest ToRequest(string? text, int skip, int take) => new()
    {
        Ask = AdminWords.Sessions,
        Text = text,
        Trouble = Trouble,
        Verdict = Verdict,
        Sort = Sort,
        Skip = skip,
        Take = take,
    };

    private static string? NullIfEmpty(Microsoft.Extensions.Primitives.StringValues values) =>
        values.FirstOrDefault() is { Length: > 0 } text ? text : null;

    private static bool TryReadCount(
        IQueryCollection query, string name, int otherwise, int least, int most, out int count, [NotNullWhen(false)] out string? problem)
    {
        string? text = NullIfEmpty(query[name]);
        count = otherwise;
        bool isRight = text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least && count <= most);
        problem = isRight ? null : $"{name} is a number from {least} to {most}";
        return isRight;
    }
}
