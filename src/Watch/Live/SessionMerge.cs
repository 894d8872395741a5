using RtpProxy.Admin;
using RtpProxy.Watch.Views;

namespace RtpProxy.Watch.Live;

/// <summary>Makes one list of those of several relays, each of which is sorted already.</summary>
internal static class SessionMerge
{
    /// <summary>How deep into a list of several relays one can look: what one relay tells at once.</summary>
    public const int MaxDepth = 1_000;

    /// <param name="sort">As the relays were asked (docs/admin.md).</param>
    public static IReadOnlyList<NodeSessionRow> Merge(string sort, IReadOnlyList<IEnumerable<NodeSessionRow>> lists) => lists is [IEnumerable<NodeSessionRow> only]
        ? [.. only]
        // Stable: what the relay sorted beyond this stays in its order.
        : [.. lists.SelectMany(list => list).Order(Comparer<NodeSessionRow>.Create((a, b) => Compare(sort, a.Session, b.Session)))];

    private static int Compare(string sort, SessionRow a, SessionRow b) => sort switch
    {
        "oldest" => a.SetUpAt.CompareTo(b.SetUpAt),
        "newest" => b.SetUpAt.CompareTo(a.SetUpAt),
        "call-id" => string.CompareOrdinal(a.CallId, b.CallId),
        "loss" => Loss(b).CompareTo(Loss(a)),
        "score" => Score(a).CompareTo(Score(b)),
        _ => b.Trouble.CompareTo(a.Trouble),
    };

    private static double Loss(SessionRow row) => Math.Max(row.Caller.LossRate ?? -1, row.Callee.LossRate ?? -1);

    private static double Score(SessionRow row) =>
        Math.Min(row.Caller.Score ?? double.MaxValue, row.Callee.Score ?? double.MaxValue);
}
