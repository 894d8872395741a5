using RtpProxy.Media.Prompts;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// Plays a prompt or a WAV file to a party of a call, or to all of them, in a codec that the party told (docs/ng.md, what is played); or
/// ends what is being played. What is played already goes on until there is a prompt to take its place: a refusal changes nothing.
/// </summary>
public sealed class CallPlayOperation : Operation
{
    private readonly string _callId;
    private readonly PartyChoice _who;
    private readonly CallPlayRequest? _request;
    private readonly OperationContext _context;
    private readonly List<Listener> _listeners = [];
    private PendingId _pending;

    /// <param name="request">Null to end what is played.</param>
    internal CallPlayOperation(string callId, PartyChoice who, CallPlayRequest? request, OperationContext context)
    {
        _callId = callId;
        _who = who;
        _request = request;
        _context = context;
        BeginAt(Step.On(Owner, Begin));
    }

    /// <summary>How long the file plays, once.</summary>
    public long Milliseconds { get; private set; }

    /// <summary>The sample of the file that would have followed what was ended; null if nothing was.</summary>
    public long? NextSample { get; private set; }

    private int Owner => _context.WorkerOf(_callId);

    private Step Begin(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _callId, _context, now);
        Step step = known.Call is { } call ? Prepare(worker, call) : Step.Refused(Refusal.UnknownCall);
        if (_request is null)
        {
            return known.Settle(step);
        }

        known.Leave(); // until something is played
        return step;
    }

    private Step Prepare(RelayWorker worker, Call call)
    {
        CallParty? party = _who.Find(call.Facts);
        if (party is null && !_who.IsWholeCall)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        if (_request is null)
        {
            Stop(worker, PartyLegs.OfFirstAudio(worker, call, party));
            return Step.Done;
        }

        foreach ((Leg listener, byte[]? memo) in PartyLegs.OfFirstAudioWithWords(worker, call, party))
        {
            if (listener.Codecs is { Length: > 0 } codecs)
            {
                // What it is sent otherwise is re-framed, where that was asked for.
                int milliseconds = listener.Session.Opposite(listener).PtimeMilliseconds
                    ?? _request.PacketMillisecondsOf?.Invoke(memo) ?? PromptFormat.DefaultPacketMilliseconds;
                _listeners.Add(new Listener(listener.Session.Id, listener.Side, codecs, milliseconds));
            }
        }

        if (_listeners.Count == 0)
        {
            return Step.Refused(Refusal.NoCodecs);
        }

        _pending = worker.World.Pending.Begin();
        return Step.Off(LookForPrompts, Owner, then: Start);
    }

    private void Stop(RelayWorker worker, IEnumerable<Leg> listeners)
    {
        foreach (Leg listener in listeners)
        {
            worker.Keeping?.OnChanged(listener.Session);
            NextSample ??= listener.Player?.NextSample;
            worker.Players.Stop(listener);
        }
    }

    private void LookForPrompts()
    {
        for (int i = 0; i < _listeners.Count; i++)
        {
            Prompt? found = PromptCodecs.TryFind(Find, _request!.Name, _listeners[i].Codecs, out string error);
            if (found is not null && found.PositionOf(_request.StartSample) is null)
            {
                (found, error) = (null, $"the prompt '{_request.Name}' has no sample {_request.StartSample}");
            }

            _listeners[i] = _listeners[i] with { Prompt = found, Error = error };
        }
    }

    private Prompt? Find(byte payloadType) => _request!.File.IsEmpty
        ? _context.Prompts.TryOpen(_request.Name, payloadType) ?? _context.Prompts.TryConvert(_request.Name, payloadType)
        : _context.Prompts.TryConvert(_request.File, _request.Name, payloadType);

    private Step Start(RelayWorker worker, Instant now)
    {
        worker.World.Pending.End(_pending);
        bool isAnyFound = false;
        foreach (Listener told in _listeners)
        {
            if (worker.Sessions.FindAgain(told.Session) is not { } session)
            {
                continue;
            }

            if (told.Prompt is not { } prompt)
            {
                worker.World.Events.On(new RelayEvent.PlayerFailed(_callId, told.Error));
                continue;
            }

            isAnyFound = true;
            Leg listener = session[told.Side];
            var extent = new PlayerExtent(prompt.PositionOf(_request!.StartSample) ?? 0, _request.MaxMilliseconds);
            Milliseconds = Math.Max(Milliseconds, prompt.Milliseconds);
            worker.Players.Start(listener, _pending, prompt, told.PacketMilliseconds, _request.Count, now, extent);
        }

        return isAnyFound ? KnownCall.Find(worker, _callId, _context, now).Settle(Step.Done) : Step.Refused(Refusal.NoPrompt);
    }

    /// <summary>A party that is to hear the prompt, while that is looked for.</summary>
    private readonly record struct Listener(
        SessionId Session, Side Side, string Codecs, int PacketMilliseconds, Prompt? Prompt = null, string Error = "");
}
