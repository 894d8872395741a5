using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>What a session is sorted by.</summary>
/// <param name="Loss">Of the worse direction, 0 to 1, in its last interval.</param>
/// <param name="Score">MOS-LQ, the lower one of the last intervals; not a number where there is none.</param>
internal readonly record struct SessionRank(
    SessionId Id, string CallId, Instant CreatedAt, Verdict Verdict, double Loss, double Score)
{
    public static SessionRank Of(Session session) => new(
        session.Id,
        session.CallId,
        session.CreatedAt,
        session.Verdict,
        Math.Max(LegFigures.LastLossRate(session.Caller), LegFigures.LastLossRate(session.Callee)),
        Lower(LegFigures.LastScore(session.Caller), LegFigures.LastScore(session.Callee)));

    public static Comparison<SessionRank> ComparisonBy(SessionOrder order) => (left, right) =>
    {
        int first = order switch
        {
            SessionOrder.Trouble => Severity(right.Verdict).CompareTo(Severity(left.Verdict)),
            SessionOrder.Newest => right.CreatedAt.CompareTo(left.CreatedAt),
            SessionOrder.CallId => string.CompareOrdinal(left.CallId, right.CallId),
            SessionOrder.Loss => right.Loss.CompareTo(left.Loss),
            SessionOrder.Score => Known(left.Score).CompareTo(Known(right.Score)),
            _ => 0,
        };
        return first != 0 ? first : left.CreatedAt.CompareTo(right.CreatedAt);
    };

    private static double Known(double score) => double.IsNaN(score) ? double.MaxValue : score;

    private static double Lower(double score, double other) => double.IsNaN(score) || other < score ? other : score;

    /// <summary>A call that nobody hears is worse than one that somebody hears badly.</summary>
    private static int Severity(in Verdict verdict) => verdict switch
    {
        { Code: VerdictCode.Waiting } => 2,
        { Code: VerdictCode.Held } => 1,
        { IsTrouble: false } => 0,
        { Code: VerdictCode.BadQuality } => 3,
        { Code: VerdictCode.NotRtp } => 4,
        _ => 5,
    };
}
