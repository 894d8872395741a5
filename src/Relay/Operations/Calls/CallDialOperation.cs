using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>
/// Lets a party of a call, or each, seem to press a digit (ng protocol): the other party gets telephone events in the
/// party's own stream, if it takes any. All or nothing.
/// </summary>
public sealed class CallDialOperation : Operation
{
    private readonly string _callId;
    private readonly PartyChoice _who;
    private readonly DialledDigit _digit;
    private readonly OperationContext _context;

    internal CallDialOperation(string callId, PartyChoice who, in DialledDigit digit, OperationContext context)
    {
        _callId = callId;
        _who = who;
        _digit = digit;
        _context = context;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        KnownCall known = KnownCall.Find(worker, _callId, _context, now);
        return known.Settle(known.Call is { } call ? Dial(worker, call, now) : Step.Refused(Refusal.UnknownCall));
    }

    private Step Dial(RelayWorker worker, Call call, Instant now)
    {
        CallParty? party = _who.Find(call.Facts);
        if (party is null && !_who.IsWholeCall)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        Leg[] speakers = [.. PartyLegs.OfFirstAudio(worker, call, party).Where(speaker => speaker.Session.IsComplete)];
        Refusal refusal = speakers.Length == 0 ? Refusal.NotHeard : speakers.Select(WhyNot).Max();
        if (refusal != Refusal.None)
        {
            return Step.Refused(refusal);
        }

        foreach (Leg speaker in speakers)
        {
            worker.Keeping?.OnChanged(speaker.Session);
            worker.Diallers.Dial(speaker, _digit, now);
        }

        return Step.Done;
    }

    private static Refusal WhyNot(Leg speaker)
    {
        Leg listener = speaker.Session.Opposite(speaker);
        return listener.DigitPayloadType < 0 || listener.Player is not null ? Refusal.NoDigits
            : speaker.Reception.LastSsrc is null ? Refusal.NotHeard
            : !Diallers.CanJoin(speaker) ? Refusal.NoDigits
            : speaker.Dialler is { IsFull: true } ? Refusal.TooManyDigits
            : Refusal.None;
    }
}
