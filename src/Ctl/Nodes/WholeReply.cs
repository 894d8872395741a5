using RtpProxy.Admin;

namespace RtpProxy.Ctl.Nodes;

/// <summary>
/// Makes a reply what its types say: a list of JSON may hold null, and a member that a relay of another age does not write is null
/// instead of its default, since the reader that is made ahead of time sets every member that can only be set once.
/// </summary>
internal static class WholeReply
{
    public static AdminReply Of(AdminReply reply) => reply with
    {
        Counters = reply.Counters is { } counters ? Of(counters) : null,
        Session = reply.Session is { } sessions ? [.. sessions.OfType<SessionDetail>().Select(Of)] : null,
        Sessions = reply.Sessions is { } page ? page with { Rows = Of(page.Rows) } : null,
    };

    private static SessionDetail Of(SessionDetail session) => session with { Caller = Of(session.Caller), Callee = Of(session.Callee) };

    private static PartyDetail Of(PartyDetail party) => party with { History = Of(party.History) };

    private static RelayCounters Of(RelayCounters counters) => counters with
    {
        SessionsEnded = Of(counters.SessionsEnded),
        Verdicts = Of(counters.Verdicts),
        Received = Of(counters.Received),
        Relayed = Of(counters.Relayed),
        Dropped = Of(counters.Dropped),
        EventsLost = Of(counters.EventsLost),
        Commands = Of(counters.Commands),
        Workers = [.. Of(counters.Workers).Select(worker => worker with { LagSeconds = Of(worker.LagSeconds) })],
        Notices = Of(counters.Notices),
    };

    private static Histogram Of(Histogram? histogram) =>
        new(histogram?.Bounds ?? [], histogram?.Counts ?? [], histogram?.Sums ?? []);

    private static IReadOnlyDictionary<string, T> Of<T>(IReadOnlyDictionary<string, T>? values) => values ?? new Dictionary<string, T>();

    private static IReadOnlyList<T> Of<T>(IReadOnlyList<T>? values)
        where T : class => values is null ? [] : values.Contains(null) ? [.. values.OfType<T>()] : values;
}
