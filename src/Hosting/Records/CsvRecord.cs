using RtpProxy.Relay.Events;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Hosting.Records;

/// <summary>An ended session for a record of the original's form: plain values.</summary>
/// <param name="SessionNumber">That of no other session of the process.</param>
internal sealed record CsvRecord(
    long SessionNumber,
    string CallId,
    string FromTag,
    double SetUpSeconds,
    double TornDownSeconds,
    CsvStream CallerRtp,
    CsvStream CalleeRtp,
    CsvStream CallerRtcp,
    CsvStream CalleeRtcp,
    CsvAnalysis Caller,
    CsvAnalysis Callee)
{
    private const long MaxWorkers = 1024; // each counts its own sessions

    /// <param name="wall">The date and time of the event.</param>
    public static CsvRecord Of(RelayEvent.SessionEnded ended, DateTimeOffset wall)
    {
        Session session = ended.Session;
        return new CsvRecord(
            (session.Id.Serial * MaxWorkers) + session.Id.Worker,
            session.CallId,
            session.Tag,
            SecondsOf(wall - (ended.At - session.CreatedAt)),
            SecondsOf(wall),
            CsvStream.Of(session.Caller.Rtp),
            CsvStream.Of(session.Callee.Rtp),
            CsvStream.Of(session.Caller.Rtcp),
            CsvStream.Of(session.Callee.Rtcp),
            CsvAnalysis.Of(session.Caller),
            CsvAnalysis.Of(session.Callee));
    }

    private static double SecondsOf(DateTimeOffset wall) => (wall - DateTimeOffset.UnixEpoch).TotalSeconds;
}
