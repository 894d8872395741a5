namespace RtpProxy.Watch.Metrics;

/// <summary>
/// A value of a label: a word of the relay's own, never one of a peer's choice. What does not look like one becomes
/// <see cref="Other"/>, so that a relay that is confused does not make up series without end.
/// </summary>
internal static class LabelValue
{
    public const string Other = "other";

    private const int MaxLength = 64;

    public static string Of(string word) =>
        word.Length is > 0 and <= MaxLength && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "._:/-[]+".Contains(letter, StringComparison.Ordinal))
            ? word
            : Other;
}
