using RtpProxy.Media.Prompts;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>
/// Plays a prompt (control protocol, section 3.9): on the worker the session is found and silenced, off it the prompt is
/// looked for, and on the worker again it starts, unless the session is gone or another request came first.
/// </summary>
public sealed class PlayOperation : Operation
{
    private readonly PlayRequest _request;
    private readonly OperationContext _context;
    private SessionId _session;
    private PendingId _pending;
    private Side _listener;
    private string _codecs = "";
    private int _milliseconds = PromptFormat.DefaultPacketMilliseconds;
    private Prompt? _prompt;
    private string _error = "";

    internal PlayOperation(PlayRequest request, OperationContext context)
    {
        _request = request;
        _context = context;
        BeginAt(Step.On(Owner, Prepare));
    }

    private int Owner => _context.WorkerOf(_request.CallId);

    private Step Prepare(RelayWorker worker, Instant now)
    {
        if (worker.Sessions.Find(_request.CallId, _request.Tags, out TagMatch match) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        Leg listener = session.PartyOf(match);
        worker.Players.Stop(listener);
        if (_request.Codecs is { } codecs)
        {
            _codecs = codecs;
        }
        else if (listener.Codecs is { } signalled)
        {
            _codecs = signalled;
            _milliseconds = session.Opposite(listener).PtimeMilliseconds ?? _milliseconds;
        }
        else
        {
            return Step.Refused(Refusal.NoCodecs); // also where nothing is to be played
        }

        if (_request.Count == 0)
        {
            return Step.Done;
        }

        _session = session.Id;
        _listener = listener.Side;
        _pending = worker.World.Pending.Begin();
        return Step.Off(LookForPrompt, Owner, then: Start);
    }

    private void LookForPrompt() =>
        _prompt = PromptCodecs.TryOpen(_context.Prompts, _request.Prompt, _codecs, out _error);

    private Step Start(RelayWorker worker, Instant now)
    {
        worker.World.Pending.End(_pending);
        if (worker.Sessions.FindAgain(_session) is not { } session)
        {
            return Step.Refused(Refusal.UnknownSession);
        }

        Leg listener = session[_listener];
        if (_prompt is null)
        {
            worker.World.Events.On(new RelayEvent.PlayerFailed(_request.CallId, _error));
            return Step.Refused(Refusal.NoPrompt);
        }

        worker.Players.Start(listener, _pending, _prompt, _milliseconds, _request.Count, now);
        return Step.Done;
    }
}
