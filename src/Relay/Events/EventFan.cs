namespace RtpProxy.Relay.Events;

/// <summary>Tells every event to several, in the order given.</summary>
public sealed class EventFan(params IReadOnlyList<IEventSink> sinks) : IEventSink
{
    private readonly IEventSink[] _sinks = [.. sinks];

    public void On(RelayEvent told)
    {
        foreach (IEventSink sink in _sinks)
        {
            sink.On(told);
        }
    }
}
