using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Calls;

/// <summary>Who hears whom: what is known of subscriptions comes to the legs of sessions, where packets meet it.</summary>
internal static class Listening
{
    /// <summary>The leg through which a party sends now: of branches that share the caller's ports, the one that has them.</summary>
    public static Leg? SpeakerOf(CallTable calls, Call call, int party, int index)
    {
        Leg? found = null;
        foreach (Association association in call.Facts.Associations)
        {
            if (association.Has(party)
                && calls.Find(call, association.Number, index)?[association.SideOf(party)] is { } leg
                && (found?.Ports is null || leg.Ports is not null))
            {
                found = leg;
            }
        }

        return found;
    }

    /// <summary>After each change of a call's subscriptions, or of what its parties send through.</summary>
    public static void Connect(CallTable calls, Call call)
    {
        if (!call.IsHeard && call.Facts.Subscriptions.IsEmpty)
        {
            return;
        }

        foreach (Session session in calls.SessionsOf(call))
        {
            session.Caller.Hearers = [];
            session.Callee.Hearers = [];
            session.Callee.Heard = null;
        }

        foreach (Subscription subscription in call.Facts.Subscriptions)
        {
            for (int i = 0; i < subscription.Lines.Length; i++)
            {
                SubscribedLine line = subscription.Lines[i];
                if (line.IsOffered
                    && calls.Find(call, subscription.Number, i)?.Callee is { } hearer
                    && SpeakerOf(calls, call, line.Party, line.Index) is { } speaker)
                {
                    hearer.Heard = speaker;
                    speaker.Hearers = [.. speaker.Hearers, hearer];
                }
            }
        }

        call.IsHeard = !call.Facts.Subscriptions.IsEmpty;
    }
}
