using RtpProxy.Control;
using RtpProxy.Control.Commands;
using RtpProxy.Control.Replies;
using RtpProxy.Control.SubCommands;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary><c>U</c>: makes a session or changes one (control protocol, sections 3.2 and 6).</summary>
internal sealed class UpdateSteps(UpdateCommand command, CommandOrigin origin, CommandContext context) : ICommandSteps
{
    private readonly ForkSubCommand? _fork = command.SubCommands.OfType<ForkSubCommand>().FirstOrDefault();
    private ForkSource? _forkSource;
    private bool _hasLookedForSource;
    private RecordingPlan? _recording;
    private byte[] _heldReply = [];

    private LegModifiers Modifiers => command.Modifiers ?? LegModifiers.None;

    /// <summary>The source of a fork is looked up first, since another worker may own it.</summary>
    public Step First => Step.On(context.WorkerOf(_fork is null ? command.Call : _fork.SourceCall));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply)
    {
        if (_recording is not null)
        {
            _recording.Attach(worker);
            return Answer(_heldReply, ref reply);
        }

        if (_fork is not null && !_hasLookedForSource)
        {
            _hasLookedForSource = true;
            _forkSource = ForkSource.Find(worker, _fork);
            return Step.On(context.WorkerOf(command.Call));
        }

        if (command.Notify is not null && !context.Notices.IsEnabled)
        {
            return Step.Fail(ref reply, ErrorCode.NotificationsOff);
        }

        Session? session = worker.Sessions.Find(command.Call, command.FromTag, command.ToTag, out TagMatch match);
        Leg speaker;
        if (session is null)
        {
            ErrorCode error = TryCreate(worker, now, out session);
            if (error != ErrorCode.None)
            {
                return Step.Fail(ref reply, error);
            }

            speaker = session!.Caller;
        }
        else
        {
            speaker = session.Speaker(match);
            Leg leg = session.Opposite(speaker);
            if (!LegChange.TryPreparePort(worker, leg, Modifiers, context))
            {
                return Step.Fail(ref reply, ErrorCode.LegPorts);
            }

            HoldBy(session, leg);
            session.RestartTimers();
        }

        Leg answered = session.Opposite(speaker);
        SetNotice(session);
        LegChange.Apply(worker, speaker, Modifiers, command.Remote, now);
        if (match != TagMatch.None)
        {
            worker.World.Journal.SessionUpdated(session);
        }

        reply.WritePort(answered.PortNumber, answered.Local);
        new SubCommandRun(worker, session, speaker, now, context) { ForkSource = _forkSource }.Run(command.SubCommands, ref reply);
        if (match == TagMatch.None && worker.Options.RecordAll && TryPlanRecording(worker, session))
        {
            _heldReply = reply.Text.ToArray();
            return Step.OffWorker;
        }

        reply.EndLine();
        return reply.IsOverflowed ? Step.Fail(ref reply, ErrorCode.InfoReplyTooLong) : Step.Done;
    }

    /// <summary>Opens the files of a new session (<c>-a</c>).</summary>
    public Step OffWorker(ref ReplyWriter reply)
    {
        _recording!.Open();
        return Step.On(context.WorkerOf(command.Call));
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

    private static Step Answer(ReadOnlySpan<byte> text, ref ReplyWriter reply)
    {
        reply.WriteText(text);
        reply.EndLine();
        return Step.Done;
    }

    private ErrorCode TryCreate(RelayWorker worker, Instant now, out Session? session)
    {
        session = null;
        if (context.IsDraining)
        {
            return ErrorCode.Shutdown;
        }

        LegModifiers modifiers = Modifiers;
        LocalAddress standard = context.Addresses.Default;
        LocalAddress towardCaller = modifiers.ChosenAddress ?? AddressOf(modifiers.FirstDirection) ?? standard;
        LocalAddress towardCallee = modifiers.ChosenAddress ?? AddressOf(modifiers.SecondDirection) ?? standard;
        session = worker.TryCreateSession(command.Call, command.FromTag, modifiers.Weak, towardCaller, towardCallee, now);
        if (session is null)
        {
            return ErrorCode.SessionPorts;
        }

        session.IsStrong = !modifiers.Weak;
        session.Callee.IsWeak = modifiers.Weak;
        return ErrorCode.None;
    }

    private LocalAddress? AddressOf(Direction? direction) => direction is { } d ? context.AddressOf(d) : null;

    /// <summary>The flag that keeps the session (section 6.4).</summary>
    private void HoldBy(Session session, Leg answered)
    {
        if (Modifiers.Weak)
        {
            answered.IsWeak = true;
        }
        else
        {
            session.IsStrong = true;
        }
    }

    /// <summary>Every <c>U</c> replaces who is told of a timeout; one without the pair cancels it.</summary>
    private void SetNotice(Session session)
    {
        session.NoticeTarget = command.Notify is { } notify ? context.Notices.Permit(notify.Socket, origin) : null;
        session.NoticeTag = session.NoticeTarget is null ? [] : command.Notify!.Tag;
    }
}
