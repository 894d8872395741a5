namespace RtpProxy.Admin;

/// <summary>
/// Fills in what a relay of before does not tell: the reader that is made ahead of time sets every member that can only be set once,
/// also to null where it begins with something else.
/// </summary>
internal static class ReplyDefaults
{
    public static AdminReply FillIn(AdminReply reply) => reply with
    {
        Counters = reply.Counters is { } counters ? FillIn(counters) : null,
        Session = reply.Session is { } sessions ? [.. sessions.Select(FillIn)] : null,
        Event = reply.Event is { Session: { } ended } notice ? notice with { Session = FillIn(ended) } : reply.Event,
    };

    private static SessionDetail FillIn(SessionDetail? session) => session is null
        ? null! // for the check that follows
        : session with { Caller = FillIn(session.Caller), Callee = FillIn(session.Callee) };

    private static PartyDetail FillIn(PartyDetail party) => party.History is null ? party with { History = [] } : party;

    private static RelayCounters FillIn(RelayCounters counters) => counters with
    {
        SessionsEnded = counters.SessionsEnded ?? None<ulong>(),
        Verdicts = counters.Verdicts ?? None<int>(),
        Received = counters.Received ?? None<ulong>(),
        Relayed = counters.Relayed ?? None<ulong>(),
        Dropped = counters.Dropped ?? None<ulong>(),
        EventsLost = counters.EventsLost ?? None<ulong>(),
        Commands = counters.Commands ?? [],
        Workers = counters.Workers ?? [],
        Notices = counters.Notices ?? [],
    };

    private static Dictionary<string, T> None<T>() => [];
}
