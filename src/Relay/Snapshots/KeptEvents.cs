using RtpProxy.Relay.Events;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Has a session put down of which something was decided, and gone ones forgotten.</summary>
/// <remarks>Owned by one worker.</remarks>
internal sealed class KeptEvents(IEventSink events, SessionKeeping keeping) : IEventSink
{
    public void On(RelayEvent told)
    {
        switch (told)
        {
            case RelayEvent.SessionEnded ended:
                keeping.OnEnded(ended.Session);
                break;
            case RelayEvent.OfSession { Session.IsEnded: false } decided:
                keeping.OnChanged(decided.Session);
                break;
        }

        events.On(told);
    }
}
