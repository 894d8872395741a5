using RtpProxy.Media.Prompts;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// <c>P</c> (control protocol, section 3.9): on the worker the session is found and silenced, off it the prompt is looked
/// for, and on the worker again it starts, unless the session is gone or another command came first.
/// </summary>
internal sealed class PlaySteps(PlayCommand command, CommandContext context) : ICommandSteps
{
    private const string SessionCodecs = "session"; // the list that the listener's last U or L gave

    private SessionId? _session;
    private PendingId _pending;
    private Side _listener;
    private string _codecs = command.Codecs;
    private int _milliseconds = PromptFormat.DefaultPacketMilliseconds;
    private Prompt? _prompt;
    private string _error = "";

    public Step First => Step.On(context.WorkerOf(command.Call));

    public Step OnWorker(RelayWorker worker, Instant now, ref ReplyWriter reply) =>
        _session is { } session ? Start(worker, worker.Sessions.Find(session), now, ref reply) : Prepare(worker, ref reply);

    public Step OffWorker(ref ReplyWriter reply)
    {
        _prompt = PromptCodecs.TryOpen(context.Prompts, command.Prompt, _codecs, out _error);
        return Step.On(context.WorkerOf(command.Call));
    }

    private Step Prepare(RelayWorker worker, ref ReplyWriter reply)
    {
        if (worker.Sessions.Find(command.Call, CommandTags.Of(command, command.FromTag, command.ToTag), out TagMatch match) is not { } session)
        {
            return Step.Fail(ref reply, ErrorCode.UnknownSession);
        }

        Leg listener = session.PartyOf(match);
        worker.Players.Stop(listener);
        if (command.Codecs == SessionCodecs)
        {
            if (listener.Codecs is not { } codecs)
            {
                return Step.Fail(ref reply, ErrorCode.Modifier); // also where nothing is to be played
            }

            _codecs = codecs;
            _milliseconds = session.Opposite(listener).PtimeMilliseconds ?? _milliseconds;
        }

        if (command.Count == 0)
        {
            return Step.Ok(ref reply);
        }

        _session = session.Id;
        _listener = listener.Side;
        listener.PendingPlay = _pending = worker.World.Pending.Begin();
        return Step.OffWorker;
    }

    private Step Start(RelayWorker worker, Session? session, Instant now, ref ReplyWriter reply)
    {
        worker.World.Pending.End(_pending);
        if (session is null)
        {
            return Step.Fail(ref reply, ErrorCode.UnknownSession);
        }

        Leg listener = session[_listener];
        bool isCurrent = listener.PendingPlay == _pending;
        if (isCurrent)
        {
            listener.PendingPlay = null;
        }

        if (_prompt is null)
        {
            worker.World.Events.On(new RelayEvent.PlayerFailed(command.Call, _error));
            return Step.Fail(ref reply, ErrorCode.Player);
        }

        if (isCurrent)
        {
            worker.Players.Start(listener, _prompt, _milliseconds, command.Count, now);
        }

        return Step.Ok(ref reply);
    }
}
