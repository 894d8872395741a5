using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>Makes reports of live calls.</summary>
/// <remarks>On the thread of the worker that owns the call.</remarks>
internal static class CallReports
{
    /// <param name="isBrief">Without the history of each stream, for a report that is kept.</param>
    public static CallReport Of(CallTable calls, Call call, Instant now, bool isBrief = false) =>
        new(call.CallId, call.Facts, [.. calls.SessionsOf(call).Select(session => Of(session, session.Line, now, isBrief))]);

    public static LineReport Of(Session session, in LinePlace place, Instant now, bool isBrief = false)
    {
        SessionReport report = SessionReports.AsLastSeen(session, now);
        if (isBrief)
        {
            report = report with { Caller = report.Caller with { History = [] }, Callee = report.Callee with { History = [] } };
        }

        return new LineReport(place, report, LegTraffic.Of(session.Caller), LegTraffic.Of(session.Callee));
    }
}
