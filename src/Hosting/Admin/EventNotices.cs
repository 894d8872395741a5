using RtpProxy.Admin;
using RtpProxy.Io.Net;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Quality;
using RtpProxy.Rtp;

namespace RtpProxy.Hosting.Admin;

/// <summary>Makes those events values that clients are told of (docs/admin.md).</summary>
/// <remarks>On the worker's thread, while the event is told.</remarks>
/// <param name="showsDigits">Which digit was pressed is told; else only that one was.</param>
internal sealed class EventNotices(WallClock clock, bool showsDigits)
{
    /// <summary>Null for events that are told to the log alone.</summary>
    public FeedItem? Of(RelayEvent told) => told switch
    {
        RelayEvent.SessionCreated e => Of(e, EventKinds.Created),
        RelayEvent.Latched e => OfStream(e, e.Again ? EventKinds.Moved : EventKinds.Latched, e.Source),
        RelayEvent.StrangerRefused e => OfStream(e, EventKinds.Refused, e.Source),
        RelayEvent.DigitHeard e => OfDigit(e),
        RelayEvent.RecordingStarted e => OfStream(e, EventKinds.RecordingStarted, default),
        RelayEvent.RecordingStopped e => OfStream(e, EventKinds.RecordingStopped, default),
        RelayEvent.SessionTimedOut e => Of(e, EventKinds.TimedOut),
        RelayEvent.VerdictChanged e => OfVerdict(e),
        RelayEvent.SessionEnded e => OfEnd(e),
        _ => null,
    };

    private FeedItem Of(RelayEvent.OfSession told, string kind) => new(NoticeOf(told, kind), Report: null);

    private FeedItem OfStream(RelayEvent.OfStream told, string kind, in Endpoint address)
    {
        EventNotice notice = NoticeOf(told, kind) with
        {
            Party = PartyNames.NameOf(told.Side),
            Stream = PartyNames.NameOf(told.Kind),
            Address = PartyNames.NameOf(address),
        };
        return new FeedItem(notice, Report: null);
    }

    private FeedItem OfVerdict(RelayEvent.VerdictChanged told)
    {
        EventNotice notice = NoticeOf(told, EventKinds.Verdict) with
        {
            Party = PartyNames.NameOf(told.Verdict.Party),
            Verdict = told.Verdict.Code.Name(),
            VerdictBefore = told.Before.Code.Name(),
            Trouble = told.Verdict.IsTrouble,
        };
        return new FeedItem(notice, told.Report);
    }

    private FeedItem OfDigit(RelayEvent.DigitHeard told)
    {
        EventNotice notice = NoticeOf(told, EventKinds.Digit) with
        {
            Party = PartyNames.NameOf(told.Side),
            Digit = showsDigits ? told.Digit.Key.ToString() : null,
        };
        return new FeedItem(notice, Report: null);
    }

    private FeedItem OfEnd(RelayEvent.SessionEnded told)
    {
        EventNotice notice = NoticeOf(told, EventKinds.Ended) with { Reason = PartyNames.NameOf(told.Reason) };
        return new FeedItem(notice, told.Report);
    }

    private EventNotice NoticeOf(RelayEvent.OfSession told, string kind) => new()
    {
        At = clock.At(MonotonicClock.Now),
        Kind = kind,
        CallId = told.CallId,
        FromTag = told.Session.Tag,
    };
}
