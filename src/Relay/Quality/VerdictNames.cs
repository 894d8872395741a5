namespace RtpProxy.Relay.Quality;

/// <summary>The stable names of verdicts (docs/verdicts.md).</summary>
public static class VerdictNames
{
    private static readonly string[] Names =
    [
        "waiting", "ok", "silent", "one-way", "one-way-stopped", "refused", "private-address", "unreachable", "held",
        "wrong-family", "not-rtp", "bad-quality",
    ];

    public static string Name(this VerdictCode code) => Names[(int)code];

    /// <summary>Null for what is no name of a verdict.</summary>
    public static VerdictCode? Parse(string name)
    {
        int at = Array.IndexOf(Names, name);
        return at < 0 ? null : (VerdictCode)at;
    }
}
