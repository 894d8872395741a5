using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>Tells how the sessions of one call fare, at most <see cref="MaxSessions"/> of them.</summary>
public sealed class ReportOperation : Operation
{
    public const int MaxSessions = 100;

    private readonly string _callId;
    private readonly string? _tag;

    internal ReportOperation(string callId, string? tag, OperationContext context)
    {
        _callId = callId;
        _tag = tag;
        BeginAt(Step.On(context.WorkerOf(callId), Look));
    }

    /// <summary>In the order in which they were made; empty when there is no such call.</summary>
    public IReadOnlyList<SessionReport> Reports { get; private set; } = [];

    private Step Look(RelayWorker worker, Instant now)
    {
        var reports = new List<SessionReport>();
        for (Session? session = worker.Sessions.FirstOfCall(_callId);
            session is not null && reports.Count < MaxSessions;
            session = session.NextOfCall)
        {
            if (_tag is null || IsOf(session))
            {
                reports.Add(SessionReports.Of(session, now));
            }
        }

        Reports = reports;
        return Step.Done;
    }

    /// <summary>The tag is one of the two parties', with or without its media number.</summary>
    private bool IsOf(Session session) =>
        Names(session.Tag) || (session.AnsweredTag is { } answered && Names(answered));

    private bool Names(string tag) =>
        string.Equals(tag, _tag, StringComparison.Ordinal)
        || string.Equals(TagRules.WithoutMedia(tag), _tag, StringComparison.Ordinal);
}
