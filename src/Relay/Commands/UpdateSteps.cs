using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>U</c>: makes a session or changes one (control protocol, sections 3.2 and 6).</summary>
internal sealed class UpdateSteps(
    UpdateCommand command, CommandOrigin origin, long number, CommandContext context) : ICommandSteps
{
    private readonly ForkSources _forkSources = new(command.SubCommands, context);
    private readonly LegModifiers _modifiers = command.Modifiers ?? LegModifiers.None;
    private RecordingPlan? _recording;
    private byte[] _heldReply = [];

    public Step First => _forkSources.NextVisit ?? ToOwner;

    private Step ToOwner => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (_recording is not null)
        {
            _recording.Attach(worker);
            reply.WriteText(_heldReply);
            return End(ref reply);
        }

        if (command.Notify is not null && !context.Notices.IsEnabled)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(command.Call, "a timeout shall be notified, but no -n permits a target: refused"));
            return Step.Fail(ref reply, ErrorCode.NotificationsOff);
        }

        if (_forkSources.LookForNext(worker))
        {
            return _forkSources.NextVisit ?? ToOwner;
        }

        Step step = CarryOut(worker, now, ref reply);
        _forkSources.ReleaseUnused(worker);
        return step;
    }

    /// <summary>Opens the files of a new session (<c>-a</c>).</summary>
    public Step OffWorker(ref ReplyWriter reply)
    {
        _recording!.Open();
        return ToOwner;
    }

    private Step CarryOut(RelayWorker worker, Instant now, ref ReplyWriter reply) =>
        worker.Sessions.Find(command.Call, command.FromTag, command.ToTag, out TagMatch match) is { } session
            ? Update(worker, session, session.PartyOf(match), now, ref reply)
            : Create(worker, now, ref reply);

    private Step Create(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (context.IsDraining)
        {
            return Step.Fail(ref reply, ErrorCode.Shutdown);
        }

        LocalAddress standard = context.Addresses.Default;
        LocalAddress towardCaller = _modifiers.ChosenAddress ?? AddressOf(_modifiers.FirstDirection) ?? standard;
        LocalAddress towardCallee = _modifiers.ChosenAddress ?? AddressOf(_modifiers.SecondDirection) ?? standard;
        if (!LookupSteps.HasRoom(reply, towardCallee, command.SubCommands))
        {
            return Step.Fail(ref reply, ErrorCode.InfoReplyTooLong);
        }

        Session? session =
            worker.Life.TryCreate(command.Call, command.FromTag, _modifiers.Weak, towardCaller, towardCallee, now);
        if (session is null)
        {
            return Step.Fail(ref reply, ErrorCode.SessionPorts);
        }

        context.Addresses.Remember(towardCallee);
        session.CommandNumber = number;
        session.OnAnsweredTag(command.ToTag);
        HoldBy(session, session.Callee);
        Store(worker, session.Caller, now);
        Answer(worker, session.Caller, now, ref reply);
        if (worker.Options.RecordAll && TryPlanRecording(worker, session))
        {
            _heldReply = reply.Text.ToArray();
            return Step.OffWorker;
        }

        return End(ref reply);
    }

    private Step Update(RelayWorker worker, Session session, Leg speaker, Instant now, ref ReplyWriter reply)
    {
        Leg answered = session.Opposite(speaker);
        if (!LookupSteps.HasRoom(reply, LegChange.AddressFor(answered, _modifiers, context), command.SubCommands))
        {
            return Step.Fail(ref reply, ErrorCode.InfoReplyTooLong);
        }

        if (!LegChange.TryPreparePort(worker, answered, _modifiers, now, context))
        {
            return Step.Fail(ref reply, ErrorCode.LegPorts);
        }

        HoldBy(session, answered);
        session.RestartTimers();
        Store(worker, speaker, now);
        LegChange.Name(speaker, command.FromTag, command.ToTag);
        worker.World.Events.On(new RelayEvent.SessionUpdated(session));
        Answer(worker, speaker, now, ref reply);
        return End(ref reply);
    }

    private void Store(RelayWorker worker, Leg speaker, Instant now)
    {
        SetNotice(worker, speaker.Session);
        speaker.Session.IsOfferedToNobody = command.FromTag == command.ToTag;
        LegChange.Apply(worker, speaker, _modifiers, command.Remote, now);
    }

    /// <summary>Writes the port that the other party is to be told, and runs the sub-commands.</summary>
    private void Answer(RelayWorker worker, Leg speaker, Instant now, ref ReplyWriter reply)
    {
        Session session = speaker.Session;
        Leg answered = session.Opposite(speaker);
        reply.WritePort(answered.PortNumber, answered.Local);
        new SubCommandRun(worker, session, speaker, now, context) { ForkSources = _forkSources }
            .Run(command.SubCommands, ref reply);
    }

    private static Step End(ref ReplyWriter reply)
    {
        reply.EndLine();
        return reply.IsOverflowed ? Step.Fail(ref reply, ErrorCode.InfoReplyTooLong) : Step.Done;
    }

    /// <summary>With <c>-a</c> both parties are recorded from the start; the reply waits for the files, so that nothing is missed.</summary>
    private bool TryPlanRecording(RelayWorker worker, Session session)
    {
        if (session.IsEnded)
        {
            return false; // by a sub-command of its own
        }

        var mode = RecordingMode.Of(worker.Options, single: true);
        _recording = new RecordingPlan(context);
        _recording.TryAdd(worker, session.Caller, RecordingNames.Derive(session.Caller, mode.IsSingle), mode);
        _recording.TryAdd(worker, session.Callee, RecordingNames.Derive(session.Callee, mode.IsSingle), mode);
        return _recording.NeedsFiles;
    }

    private LocalAddress? AddressOf(Direction? direction) => direction is { } d ? context.AddressOf(d) : null;

    /// <summary>The flag that keeps the session (section 6.4).</summary>
    private void HoldBy(Session session, Leg answered)
    {
        if (_modifiers.Weak)
        {
            answered.IsWeak = true;
        }
        else
        {
            session.IsStrong = true;
        }
    }

    /// <summary>Every <c>U</c> replaces who is told of a timeout; one without the pair cancels it.</summary>
    private void SetNotice(RelayWorker worker, Session session)
    {
        session.NoticeTarget = command.Notify is { } notify ? context.Notices.Permit(notify.Socket, origin) : null;
        session.NoticeTag = session.NoticeTarget is null ? [] : command.Notify!.Tag;
        if (command.Notify is { } asked && session.NoticeTarget is null)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"the notification socket '{asked.Socket}' is not permitted by -n: no timeout is notified there"));
        }
        else if (command.SocketWithoutTag is { } socket)
        {
            worker.World.Events.On(new RelayEvent.LeftOut(
                session.CallId, $"the notification socket '{socket}' is not permitted or has no tag of its own: no timeout is notified there"));
        }
    }
}
