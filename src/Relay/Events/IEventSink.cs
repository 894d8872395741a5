namespace RtpProxy.Relay.Events;

/// <summary>
/// Takes the decisions of the core as they are made: the log, the notices, and whatever else wants to know. Packets are
/// counted, never told.
/// </summary>
/// <remarks>Called on the worker's thread, by all workers: implementations are thread-safe and never block.</remarks>
public interface IEventSink
{
    void On(RelayEvent told);
}
