using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Relay;

/// <summary>What one worker sees of the world: everything that the core may ask or tell, as constructor arguments.</summary>
public sealed record RelayWorld
{
    /// <summary>This worker's sockets.</summary>
    public required IPortTable Ports { get; init; }

    /// <summary>The ports of all workers.</summary>
    public required PortDirectory Directory { get; init; }

    /// <summary>Is told what is decided.</summary>
    public required IEventSink Events { get; init; }

    public required IWorkerLinks Links { get; init; }

    /// <summary>Sees the RTCP of parties; null if nobody wants to.</summary>
    public IRtcpWitness? RtcpWitness { get; init; }

    /// <summary>Where what the worker knows is kept for another process; null where it is not.</summary>
    public ISnapshotSlots? Slots { get; init; }

    /// <summary>What commands are away from this worker for; given on to the worker that takes its place.</summary>
    public PendingWork Pending { get; init; } = new();

    /// <summary>The packets that came lately; given on to the worker that takes this one's place. In another process it begins anew.</summary>
    internal RepeatTable Repeats => field ??= new RepeatTable(Random);

    /// <summary>Chance, for the SSRC, sequence and timestamp of prompts; owned by the worker.</summary>
    public required Random Random { get; init; }
}
