using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Statistics;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Protocols.RtppFront.Handlers;

/// <summary><c>Q</c> (control protocol, section 3.12).</summary>
internal sealed class QueryHandler : ICommandHandler, IFiguresReader
{
    private readonly QueryCommand _command;
    private readonly int _room;
    private readonly QueryOperation _query;
    private byte[] _figures = [];
    private ErrorCode _error = ErrorCode.None;

    public QueryHandler(QueryCommand command, in CommandSetting setting)
    {
        _command = command;
        _room = ReplyWriter.RoomBehind(setting.CookieLength);
        _query = setting.Relay.Query(
            command.Call,
            new SessionTags(command.FromTag, command.ToTag, command.FromTagMayBeEmpty),
            LegRequests.Of(command.SubCommands, setting.Addresses),
            reader: this);
    }

    public Operation Operation => _query;

    public bool Write(ref ReplyWriter reply)
    {
        if (_query.Refusal != Refusal.None)
        {
            return ReplyText.Fail(
                _query.Refusal == Refusal.NotWanted ? _error : ReplyText.CodeOf(_query.Refusal), ref reply);
        }

        reply.WriteText(_figures);
        ReplyText.ResultsOf(_query.Further).WriteTo(ref reply);
        return ReplyText.End(ErrorCode.QueryReplyTooLong, ref reply);
    }

    /// <summary>Modifiers and names are judged only once the session is found (section 2.4, step 9).</summary>
    public bool TryRead(in PartyFigures figures)
    {
        foreach (char modifier in _command.Modifiers)
        {
            if (modifier is not ('v' or 'V'))
            {
                _error = ErrorCode.QueryModifier;
                return false;
            }
        }

        Span<byte> buffer = stackalloc byte[ReplyLimits.MaxLength];
        var text = new ReplyWriter(buffer);
        _error = WriteFigures(figures, ref text);
        int length = text.Text.Length + (_command.SubCommands.Count > 0 ? SubCommandResults.FailureLength : 0);
        if (_error == ErrorCode.None && length > _room)
        {
            _error = ErrorCode.QueryReplyTooLong;
        }

        _figures = text.Text.ToArray();
        return _error == ErrorCode.None;
    }

    public bool HasRoomForNext(IReadOnlyList<FurtherResult> results, LocalAddress? answered, bool isLast) =>
        ReplyText.ResultsOf(results).HasRoomFor(textLength: null, isLast, _room - _figures.Length);

    private ErrorCode WriteFigures(in PartyFigures figures, ref ReplyWriter text)
    {
        bool isVerbose = _command.Modifiers.Length > 0;

        // With an empty from-tag the first name was read as to-tag.
        IReadOnlyList<string> names =
            _query.IsFoundWithoutFromTag ? [_command.ToTag!, .. _command.Names] : _command.Names;
        int count = names.Count > 0 ? names.Count : SessionStatisticNames.Default.Count;
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
            {
                text.WriteSpace();
            }

            string name = names.Count > 0 ? names[i] : SessionStatisticNames.Default[i].Text();
            if (isVerbose)
            {
                text.WriteText(name);
                text.WriteText("="u8);
            }

            if (!TryWriteValue(figures, name, ref text))
            {
                return ErrorCode.QueryName;
            }

            if (text.IsOverflowed || text.Text.Length > _room)
            {
                return ErrorCode.QueryReplyTooLong;
            }
        }

        return ErrorCode.None;
    }

    /// <summary>False when there is no such name.</summary>
    private static bool TryWriteValue(in PartyFigures figures, string name, ref ReplyWriter text)
    {
        if (SessionStatisticNames.TryParse(name, out SessionStatistic statistic))
        {
            WriteValue(figures, statistic, ref text);
            return true;
        }

        if (QualityStatisticNames.TryParse(name, out QualityStatistic quality))
        {
            text.WriteText(QualityTexts.Of(quality, figures));
            return true;
        }

        return false;
    }

    private static void WriteValue(in PartyFigures figures, SessionStatistic statistic, ref ReplyWriter text)
    {
        switch (statistic)
        {
            case SessionStatistic.LongestGap:
                text.WriteDouble(figures.LongestGap.TotalSeconds);
                return;
            case SessionStatistic.JitterLast:
                text.WriteDouble(figures.JitterLast);
                return;
            case SessionStatistic.JitterMax:
                text.WriteDouble(figures.JitterMaximum);
                return;
            case SessionStatistic.JitterMean:
                text.WriteDouble(figures.JitterMean);
                return;
        }

        text.WriteNumber(statistic switch
        {
            SessionStatistic.Ttl => (ulong)figures.RemainingSeconds,
            SessionStatistic.PacketsFromThisParty => figures.FromParty,
            SessionStatistic.PacketsFromOtherParty => figures.FromOtherParty,
            SessionStatistic.PacketsRelayed => figures.Relayed,
            SessionStatistic.PacketsDropped => figures.Dropped,
            SessionStatistic.RtpSent => figures.Sent,
            SessionStatistic.RtpReceived => figures.Received,
            SessionStatistic.RtpDuplicates => figures.Duplicates,
            SessionStatistic.RtpLost => figures.Lost,
            SessionStatistic.RtpParseErrors => figures.ParseErrors,
            _ => throw new System.Diagnostics.UnreachableException($"{statistic} is not an integer."),
        });
    }
}
