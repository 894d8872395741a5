using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Events;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>A digit of a call whose controller wants them told (docs/ng.md, digits). Immutable.</summary>
/// <param name="Target">Who is told.</param>
/// <param name="Call">As it was when the key was let go.</param>
/// <param name="Party">Who pressed it.</param>
/// <param name="Source">Where its media comes from.</param>
/// <param name="Clock">Ticks in a second of the digit's duration.</param>
public sealed record CallDigit(
    string CallId, Endpoint Target, CallFacts Call, CallParty Party, Endpoint Source, HeardDigit Digit, int Clock)
{
    /// <summary>Null for a digit that nobody is told so.</summary>
    /// <remarks>On the worker's thread, while the event is told.</remarks>
    public static CallDigit? Of(RelayEvent.DigitHeard told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (told.Session.Call?.Facts is not { DigitTarget.IsKnown: true } facts
            || facts.FindAssociation(told.Session.Line.Association) is not { } association)
        {
            return null;
        }

        CallParty party = facts[association.PartyAt(told.Side)];
        int line = told.Session.Line.Index;
        int clock = line < party.Media.Length ? party.Media[line].DigitClock : MediaDescription.UsualDigitClock;
        return new CallDigit(told.CallId, facts.DigitTarget, facts, party, told.Leg.Rtp.Source, told.Digit, clock);
    }
}
