using RtpProxy.Media.Prompts;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// Plays a prompt to a party of a call, or to all of them, in a codec that the party told (ng protocol, section 3.8); or ends what is
/// being played. What is played already is replaced.
/// </summary>
public sealed class CallPlayOperation : Operation
{
    private readonly string _callId;
    private readonly PartyChoice _who;
    private readonly string? _prompt;
    private readonly int _count;
    private readonly OperationContext _context;
    private readonly List<Listener> _listeners = [];

    /// <param name="prompt">The name of its files, without the payload type; null to end what is played.</param>
    /// <param name="count">How often.</param>
    internal CallPlayOperation(string callId, PartyChoice who, string? prompt, int count, OperationContext context)
    {
        _callId = callId;
        _who = who;
        _prompt = prompt;
        _count = count;
        _context = context;
        BeginAt(Step.On(Owner, Prepare));
    }

    private int Owner => _context.WorkerOf(_callId);

    private Step Prepare(RelayWorker worker, Instant now)
    {
        if (KnownCall.Find(worker, _callId, _context, now) is not { } call)
        {
            return Step.Refused(Refusal.UnknownCall);
        }

        CallParty? party = _who.Find(call.Facts);
        if (party is null && !_who.IsWholeCall)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        foreach (Leg listener in PartyLegs.OfFirstAudio(worker, call, party))
        {
            worker.Keeping?.OnChanged(listener.Session);
            worker.Players.Stop(listener);
            if (_prompt is not null && listener.Codecs is { Length: > 0 } codecs)
            {
                PendingId pending = worker.World.Pending.Begin();
                listener.PendingPlay = pending;
                _listeners.Add(new Listener(listener.Session.Id, listener.Side, codecs, pending));
            }
        }

        return _prompt is null ? Step.Done
            : _listeners.Count == 0 ? Step.Refused(Refusal.NoCodecs)
            : Step.Off(LookForPrompts, Owner, then: Start);
    }

    private void LookForPrompts()
    {
        for (int i = 0; i < _listeners.Count; i++)
        {
            Prompt? found = PromptCodecs.TryOpen(_context.Prompts, _prompt!, _listeners[i].Codecs, out string error);
            _listeners[i] = _listeners[i] with { Prompt = found, Error = error };
        }
    }

    private Step Start(RelayWorker worker, Instant now)
    {
        bool isAnyFound = false;
        foreach (Listener told in _listeners)
        {
            worker.World.Pending.End(told.Pending);
            if (worker.Sessions.FindAgain(told.Session) is not { } session)
            {
                continue;
            }

            Leg listener = session[told.Side];
            bool isCurrent = listener.PendingPlay == told.Pending;
            listener.PendingPlay = isCurrent ? null : listener.PendingPlay;
            isAnyFound |= told.Prompt is not null;
            if (told.Prompt is null)
            {
                worker.World.Events.On(new RelayEvent.PlayerFailed(_callId, told.Error));
            }
            else if (isCurrent)
            {
                worker.Players.Start(listener, told.Prompt, PromptFormat.DefaultPacketMilliseconds, _count, now);
            }
        }

        return isAnyFound ? Step.Done : Step.Refused(Refusal.NoPrompt);
    }

    /// <summary>A party that is to hear the prompt, while that is looked for.</summary>
    private readonly record struct Listener(
        SessionId Session, Side Side, string Codecs, PendingId Pending, Prompt? Prompt = null, string Error = "");
}
