using RtpProxy.Relay.Events;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Tells nobody what was decided.</summary>
internal sealed class SilentEvents : IEventSink
{
    public void On(RelayEvent told)
    {
    }
}
