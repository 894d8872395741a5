using RtpProxy.Admin;

namespace RtpProxy.Ctl.Calls;

/// <summary>Which calls are wanted, and what comes first.</summary>
/// <param name="Text">Part of a Call-ID or a tag, in the form of the wire; null for all.</param>
internal sealed record CallQuery(string? Text, bool TroubleOnly, string? Verdict, string Sort)
{
    public const string Trouble = "trouble";

    /// <summary>Words of <see cref="AdminRequest.Sort"/>.</summary>
    public static readonly string[] Sorts = [Trouble, "oldest", "newest", "call-id", "loss", "score"];

    public bool IsFiltered => Text is not null || TroubleOnly || Verdict is not null;

    public AdminRequest Page(int skip, int take) => new()
    {
        Ask = AdminWords.Sessions,
        Text = Text,
        Trouble = TroubleOnly,
        Verdict = Verdict,
        Sort = Sort,
        Skip = skip,
        Take = take,
    };

    /// <summary>Whose calls come first among those of several relays, each of which has sorted its own.</summary>
    public int Compare(SessionRow one, SessionRow other)
    {
        int first = Sort switch
        {
            Trouble => WeightOf(other).CompareTo(WeightOf(one)),
            "newest" => other.SetUpAt.CompareTo(one.SetUpAt),
            "call-id" => string.CompareOrdinal(one.CallId, other.CallId),
            "loss" => Worst(other, LossOf).CompareTo(Worst(one, LossOf)),
            "score" => Worst(other, BadnessOf).CompareTo(Worst(one, BadnessOf)),
            _ => 0,
        };
        return first != 0 ? first : one.SetUpAt.CompareTo(other.SetUpAt);
    }

    private static int WeightOf(SessionRow row) => row.Trouble ? Verdicts.WeightOf(row.Verdict) : 0;

    private static double Worst(SessionRow row, Func<PartyRow, double> of) => Math.Max(of(row.Caller), of(row.Callee));

    private static double LossOf(PartyRow party) => party.LossRate ?? 0;

    private static double BadnessOf(PartyRow party) => -(party.Score ?? double.MaxValue);
}
