using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>Q</c> (control protocol, section 3.12).</summary>
internal sealed class QuerySteps(QueryCommand command, CommandContext context) : ICommandSteps
{
    private IReadOnlyList<string> _names = command.Names;

    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        CommandTags tags = CommandTags.Of(command, command.FromTag, command.ToTag);
        if (worker.Sessions.Find(command.Call, tags, out TagMatch match) is not { } session)
        {
            // With an empty from-tag the first name was read as to-tag.
            if (command is not { FromTagMayBeEmpty: true, ToTag: { } firstName }
                || worker.Sessions.FindAnswered(command.Call, "", command.FromTag, out match) is not { } answered)
            {
                return Step.Fail(ref reply, ErrorCode.UnknownSession);
            }

            session = answered;
            _names = [firstName, .. _names];
        }

        if (!TryReadModifiers(out bool verbose))
        {
            return Step.Fail(ref reply, ErrorCode.QueryModifier);
        }

        Leg leg = session.PartyOf(match);
        ErrorCode error = WriteStatistics(leg, verbose, ref reply);
        if (error != ErrorCode.None)
        {
            return Step.Fail(ref reply, error);
        }

        if (command.SubCommands.Count > 0 && reply.Room < SubCommandResults.FailureLength)
        {
            return Step.Fail(ref reply, ErrorCode.QueryReplyTooLong);
        }

        new SubCommandRun(worker, session, leg, now, context).Run(command.SubCommands, ref reply);
        reply.EndLine();
        return reply.IsOverflowed ? Step.Fail(ref reply, ErrorCode.QueryReplyTooLong) : Step.Done;
    }

    private bool TryReadModifiers(out bool verbose)
    {
        verbose = false;
        foreach (char modifier in command.Modifiers)
        {
            if (modifier is not ('v' or 'V'))
            {
                return false;
            }

            verbose = true;
        }

        return true;
    }

    private ErrorCode WriteStatistics(Leg leg, bool verbose, ref ReplyWriter reply)
    {
        int count = _names.Count > 0 ? _names.Count : SessionStatisticNames.Default.Count;
        for (int i = 0; i < count; i++)
        {
            SessionStatistic statistic;
            if (_names.Count == 0)
            {
                statistic = SessionStatisticNames.Default[i];
            }
            else if (!SessionStatisticNames.TryParse(_names[i], out statistic))
            {
                return ErrorCode.QueryName;
            }

            if (i > 0)
            {
                reply.WriteSpace();
            }

            if (verbose)
            {
                reply.WriteText(statistic.Text());
                reply.WriteText("="u8);
            }

            WriteValue(leg, statistic, ref reply);
            if (reply.IsOverflowed)
            {
                return ErrorCode.QueryReplyTooLong;
            }
        }

        return ErrorCode.None;
    }

    private static void WriteValue(Leg leg, SessionStatistic statistic, ref ReplyWriter reply)
    {
        Leg other = leg.Session.Opposite(leg);
        switch (statistic)
        {
            case SessionStatistic.LongestGap:
                reply.WriteDouble(leg.Rtp.LongestInterval.TotalSeconds);
                return;
            case SessionStatistic.JitterLast:
                reply.WriteDouble(leg.Reception.Jitter?.Last ?? 0);
                return;
            case SessionStatistic.JitterMax:
                reply.WriteDouble(leg.Reception.Jitter?.Maximum ?? 0);
                return;
            case SessionStatistic.JitterMean:
                reply.WriteDouble(leg.Reception.Jitter?.Average ?? 0);
                return;
        }

        reply.WriteNumber(statistic switch
        {
            SessionStatistic.Ttl => (ulong)leg.Session.RemainingSeconds,
            SessionStatistic.PacketsFromThisParty => leg.Rtp.Received,
            SessionStatistic.PacketsFromOtherParty => other.Rtp.Received,
            SessionStatistic.PacketsRelayed => leg.Rtp.Relayed + other.Rtp.Relayed,
            SessionStatistic.PacketsDropped => leg.Rtp.DroppedOfParty + other.Rtp.DroppedOfParty,
            SessionStatistic.RtpSent => leg.Reception.Sent,
            SessionStatistic.RtpReceived => leg.Reception.Received,
            SessionStatistic.RtpDuplicates => leg.Reception.Duplicates,
            SessionStatistic.RtpLost => leg.Reception.Lost,
            SessionStatistic.RtpParseErrors => leg.Reception.ParseErrors,
            _ => throw new System.Diagnostics.UnreachableException($"{statistic} is not an integer."),
        });
    }
}
