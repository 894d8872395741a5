using RtpProxy.Relay.Events;

namespace RtpProxy.Relay.Calls;

/// <summary>An answered call that ends since nothing was heard of any of its parties (docs/ng.md, calls that time out). Immutable.</summary>
/// <param name="FromTag">Of the party that offered first.</param>
public sealed record TimedOutCall(string CallId, string FromTag, string ToTag)
{
    /// <summary>
    /// Null for the line of a call that has others yet, and for what is no call of parties with tags that was answered: there is no
    /// dialog that somebody could end.
    /// </summary>
    /// <remarks>On the worker's thread, while the event is told.</remarks>
    public static TimedOutCall? Of(RelayEvent.SessionTimedOut told)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (told.Session.Call is not { } call || call.SessionCount - call.SubscribedCount > 1)
        {
            return null;
        }

        CallFacts facts = call.Facts;
        return facts.Associations.LastOrDefault(association => association.IsAnswered) is { } answered
            && facts[answered.Caller].Tag is { } from
            && facts[answered.Callee].Tag is { } to
            ? new TimedOutCall(call.CallId, from, to)
            : null;
    }
}
