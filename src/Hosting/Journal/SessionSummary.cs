using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
using RtpProxy.Relay;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Sentences;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Journal;

/// <summary>
/// The last lines about a session (media rules, section 9). The original swaps the labels of the two <c>RTP times</c>
/// lines; here the line of the caller is about the packets of the caller.
/// </summary>
internal sealed class SessionSummary(ILogger logger)
{
    private const int MaxDropLines = 4;
    private const double MicrosecondsPerSecond = 1_000_000;

    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();

    public void Write(RelayEvent.SessionEnded ended)
    {
        Session session = ended.Session;
        PeerText callId = session.CallId;
        WriteStats(callId, "RTP", session.Caller.Rtp, session.Callee.Rtp);
        WriteTimes(callId, "caller", session.Caller.Rtp);
        WriteTimes(callId, "callee", session.Callee.Rtp);
        WriteStats(callId, "RTCP", session.Caller.Rtcp, session.Callee.Rtcp);
        WriteQuality(callId, "caller", session.Caller.Reception);
        WriteQuality(callId, "callee", session.Callee.Reception);
        Log.SessionCleanedUp(logger, callId, ended.CalleePort, ended.CallerPort);
        if (logger.IsEnabled(LogLevel.Information))
        {
            WriteJudgement(callId, ended.Report);
        }
    }

    private void WriteStats(PeerText callId, string kind, RelayStream caller, RelayStream callee)
    {
        ulong dropped = caller.DroppedOfParty + callee.DroppedOfParty;
        Log.StreamStats(
            logger,
            callId,
            kind,
            callee.Received,
            caller.Received,
            caller.Relayed + callee.Relayed,
            dropped,
            caller.Ignored + callee.Ignored);
        if (dropped > 0)
        {
            WriteDrops(callId, caller, callee);
        }
    }

    private void WriteDrops(PeerText callId, RelayStream caller, RelayStream callee)
    {
        int lines = 0;
        foreach (DropReason reason in Reasons)
        {
            ulong count = (ulong)caller.Dropped(reason) + callee.Dropped(reason);
            if (count > 0 && lines < MaxDropLines && RelayStream.IsOfParty(reason))
            {
                lines++;
                Log.DroppedHere(logger, callId, reason.ToString(), count);
            }
        }
    }

    private void WriteTimes(PeerText callId, string actor, RelayStream stream)
    {
        if (stream.Received > 0)
        {
            Log.StreamTimes(
                logger,
                callId,
                actor,
                Seconds(stream.FirstWallMicroseconds / MicrosecondsPerSecond),
                Seconds(stream.Duration.TotalSeconds),
                Seconds(stream.LongestInterval.TotalSeconds));
        }
    }

    private void WriteQuality(PeerText callId, string actor, ReceptionStatistics reception) => Log.StreamQuality(
        logger,
        callId,
        actor,
        reception.LastSsrc?.ToString() ?? "NONE",
        reception.SsrcChanges,
        reception.Sent,
        reception.Received,
        reception.Lost,
        reception.Duplicates);

    // Ours, after the original's lines.
    private void WriteJudgement(PeerText callId, SessionReport report)
    {
        WriteScore(callId, "caller", report.Caller);
        WriteScore(callId, "callee", report.Callee);
        Log.SessionVerdict(logger, callId, report.Verdict.Code.Name(), VerdictSentences.Of(report));
    }

    private void WriteScore(PeerText callId, string actor, LegReport leg)
    {
        ReceptionFigures figures = leg.Reception;
        if (figures.Expected > 0)
        {
            Log.StreamScore(
                logger,
                callId,
                actor,
                Score(figures.Score),
                Score(figures.ScoreMinimum),
                figures.Lost,
                figures.Late,
                Milliseconds(figures.JitterMeanMilliseconds),
                Milliseconds(figures.JitterMaximumMilliseconds),
                Milliseconds(leg.Reported?.RoundTrip?.TotalMilliseconds));
        }
    }

    private static string Score(double? score) => score?.ToString("F2", CultureInfo.InvariantCulture) ?? "-";

    private static string Milliseconds(double? time) => time?.ToString("F1", CultureInfo.InvariantCulture) ?? "-";

    // As %f prints: six digits after a point.
    private static string Seconds(double seconds) => seconds.ToString("F6", CultureInfo.InvariantCulture);
}
