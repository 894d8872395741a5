using RtpProxy.Relay.Events;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Operations.Further;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay.Operations;

/// <summary>An offer: makes a session or changes one (control protocol, sections 3.2 and 6).</summary>
public sealed class OfferOperation : MediaOperation
{
    private readonly OfferRequest _request;
    private readonly RequestOrigin _origin;
    private readonly long _number;
    private readonly ForkSources _forkSources;
    private RecordingPlan? _recording;

    internal OfferOperation(OfferRequest request, in RequestOrigin origin, IReplyRoom room, OperationContext context)
        : base(request, room, context)
    {
        _request = request;
        _origin = origin;
        _number = context.TakeNumber();
        _forkSources = new ForkSources(request.Further, context);
        BeginAt(Step.On(_forkSources.NextOwner ?? Owner, Begin));
    }

    private Step Begin(RelayWorker worker, Instant now)
    {
        if (_request.Notice is not null && !Context.Notices.IsEnabled)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(_request.CallId, "a timeout shall be notified, but no -n permits a target: refused"));
            return Step.Refused(Refusal.NotificationsOff);
        }

        return _forkSources.NextOwner is null ? CarryOut(worker, now) : LookForSource(worker, now);
    }

    private Step LookForSource(RelayWorker worker, Instant now)
    {
        _forkSources.LookForNext(worker);
        return _forkSources.NextOwner is { } owner ? Step.On(owner, LookForSource) : Step.On(Owner, CarryOut);
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        Step step = worker.Sessions.Find(_request.CallId, _request.FromTag, _request.ToTag, out TagMatch match) is { } session
            ? Update(worker, session.PartyOf(match), now)
            : Create(worker, now);
        _forkSources.ReleaseUnused(worker);
        return step;
    }

    private Step Create(RelayWorker worker, Instant now)
    {
        if (Context.RefusalOfNewCalls() is not Refusal.None and var refusal)
        {
            worker.Statistics.Count(RelayCounter.SessionsRefused);
            return Step.Refused(refusal);
        }

        LegRequest leg = _request.Leg;
        LocalAddress standard = Context.Addresses.Default;
        LocalAddress towardCaller = leg.Address ?? leg.TowardSpeaker ?? standard;
        LocalAddress towardCallee = leg.Address ?? leg.TowardOther ?? standard;
        if (!HasRoomFor(towardCallee))
        {
            return Step.Refused(Refusal.NoRoomForReply);
        }

        if (worker.Life.TryCreate(_request.CallId, _request.FromTag, leg.IsWeak, towardCaller, towardCallee, now) is not { } session)
        {
            return Step.Refused(Refusal.NoSessionPorts);
        }

        Context.Addresses.Remember(towardCallee);
        session.CommandNumber = _number;
        session.OnAnsweredTag(_request.ToTag);
        KeepBy(session, session.Callee);
        Store(worker, session.Caller, now);
        Answer(worker, session.Caller, now, _forkSources);
        return worker.Options.RecordAll && TryPlanRecording(worker, session)
            ? Step.Off(_recording!.Open, Owner, then: StartRecording)
            : Step.Done;
    }

    private Step Update(RelayWorker worker, Leg speaker, Instant now)
    {
        Session session = speaker.Session;
        Leg answered = session.Opposite(speaker);
        if (!HasRoomFor(_request.Leg.AddressFor(answered)))
        {
            return Step.Refused(Refusal.NoRoomForReply);
        }

        CallLine.Connect(worker, answered, now);
        if (!LegChange.TryPreparePort(worker, answered, _request.Leg, now, Context))
        {
            return Step.Refused(Refusal.NoLegPorts);
        }

        KeepBy(session, answered);
        session.RestartTimers();
        Store(worker, speaker, now);
        LegChange.Name(speaker, _request.FromTag, _request.ToTag);
        CallLine.OnOffered(worker, speaker, _request.Leg, _request.FromTag, _request.ToTag, Context, now);
        worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        Answer(worker, speaker, now, _forkSources);
        return Step.Done;
    }

    private void Store(RelayWorker worker, Leg speaker, Instant now)
    {
        SetNotice(worker, speaker.Session);
        speaker.Session.IsOfferedToNobody = _request.FromTag == _request.ToTag;
        LegChange.Apply(worker, speaker, _request.Leg, SignalledBy.Offer, now);
    }

    /// <summary>With <c>-a</c> both parties are recorded from the start; the reply waits for the files, so that nothing is missed.</summary>
    private bool TryPlanRecording(RelayWorker worker, Session session)
    {
        if (session.IsEnded)
        {
            return false; // by what followed
        }

        var mode = RecordingMode.Of(worker.Options, single: true);
        _recording = new RecordingPlan(Context);
        _recording.TryAdd(worker, session.Caller, RecordingNames.Derive(session.Caller, mode.IsSingle), mode);
        _recording.TryAdd(worker, session.Callee, RecordingNames.Derive(session.Callee, mode.IsSingle), mode);
        return _recording.NeedsFiles;
    }

    private Step StartRecording(RelayWorker worker, Instant now)
    {
        _recording!.Attach(worker);
        return Step.Done;
    }

    /// <summary>The flag that keeps the session (section 6.4).</summary>
    private void KeepBy(Session session, Leg answered)
    {
        if (_request.Leg.IsWeak)
        {
            answered.IsWeak = true;
        }
        else
        {
            session.IsStrong = true;
        }
    }

    /// <summary>Every offer replaces who is told of a timeout; one that names nobody cancels it.</summary>
    private void SetNotice(RelayWorker worker, Session session)
    {
        session.NoticeTarget = _request.Notice is { } notice ? Context.Notices.Permit(notice.Socket, _origin) : null;
        session.NoticeTag = session.NoticeTarget is null ? [] : _request.Notice!.Tag;
        if (_request.Notice is { } asked && session.NoticeTarget is null)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"the notification socket '{asked.Socket}' is not permitted by -n: no timeout is notified there"));
        }
        else if (_request.UselessNoticeSocket is { } socket)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"the notification socket '{socket}' is not permitted or has no tag of its own: no timeout is notified there"));
        }
    }
}
