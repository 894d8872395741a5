namespace RtpProxy.Admin;

/// <summary>
/// Whether a line has what the types promise and every relay tells: a list of JSON may hold null, and what a line leaves out of
/// a constructor is null.
/// </summary>
internal static class ReplyCheck
{
    private const int MaxBounds = 128;

    public static bool IsWhole(AdminReply reply) =>
        (reply.Error is not { } error || (error.Code is not null && error.Text is not null))
        && (reply.Sessions is not { } page || (page.Rows is not null && page.Rows.All(row => row is not null)))
        && (reply.Session is not { } sessions || sessions.All(session => session is not null && IsWhole(session)))
        && (reply.Event?.Session is not { } ended || IsWhole(ended))
        && (reply.Counters is not { } counters || IsWhole(counters));

    private static bool IsWhole(SessionDetail session) => IsWhole(session.Caller) && IsWhole(session.Callee);

    private static bool IsWhole(PartyDetail party) => party.History.All(point => point is not null);

    private static bool IsWhole(RelayCounters counters) =>
        counters.Commands.All(command => command is { Command: not null, Result: not null })
        && counters.Notices.All(notice => notice is { Target: not null, Result: not null })
        && counters.Workers.All(worker => worker?.LagSeconds is { } lag && IsWhole(lag))
        && IsWhole(counters.CommandSeconds)
        && IsWhole(counters.Scores)
        && IsWhole(counters.LossRates)
        && IsWhole(counters.JitterSeconds);

    private static bool IsWhole(Histogram? histogram) =>
        histogram is null
        || (histogram.Bounds is { Count: > 0 and <= MaxBounds } bounds
            && histogram.Counts?.Count == bounds.Count + 1
            && histogram.Sums?.Count == bounds.Count + 1
            && bounds.Zip(bounds.Skip(1)).All(pair => pair.First < pair.Second));
}
