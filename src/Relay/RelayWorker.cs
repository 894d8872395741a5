using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Snapshots;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay;

/// <summary>
/// The relay without its sockets: the calls that one worker owns. Bytes, an instant and a port go in; datagrams to send, events
/// and the next deadline come out. Its owner is a loop of one thread:
/// <code>
/// wait for datagrams, for letters of other threads, or until NextDeadline
/// now = the time, once for all that has come
/// for each datagram          OnDatagram(port, source, datagram, now, ref sink); OnUndelivered(…) for one that did not arrive
/// if NextDeadline has come   OnDeadline(now, ref sink)
/// for each letter            a visit of a command, OnForked, OnFork…
/// OnTurnEnded(now)           last of all
/// </code>
/// But for the last in whatever order, but so that none of the three keeps another waiting: each call does a bounded piece of work, and what is
/// left of a deadline's is due again at once. Time never goes back from call to call.
/// </summary>
/// <remarks>
/// Only that thread calls, but for what says otherwise; no call from within another. Sources, datagrams with their room, and the
/// sink are borrowed for the call. Never blocks, reads no clock, and allocates nothing per packet.
/// </remarks>
public sealed class RelayWorker
{
    private readonly PacketPath _path;

    /// <param name="index">0-based; sessions are spread by call-id, see <see cref="Operations.OperationContext.WorkerOf"/>.</param>
    /// <param name="start">Zero point of the one-second ticks that age sessions.</param>
    public RelayWorker(int index, RelayOptions options, RelayWorld world, Instant start)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(world);
        Index = index;
        Options = options;
        Keeping = world.Slots is { } slots ? new SessionKeeping(this, slots, start) : null;
        World = world = Keeping is null ? world : world with { Events = new KeptEvents(world.Events, Keeping) };
        Sessions.Keeping = Keeping;
        Destinations = new DestinationJudge(world.Directory, world.Events);
        var transmitter = new Transmitter(options, Destinations, world.Events);
        Copies = new Copies(world.Ports, world.Events);
        Recorders = new Recorders(world.Ports, world.Pending, Copies, Statistics, world.Events);
        var digits = new DigitListener(options, Statistics, world.Events);
        Forks = new Forks(index, Sessions, world.Pending, Recorders, digits, transmitter, world.Links, Keeping);
        Diallers = new Diallers(Recorders, Forks, transmitter, Statistics, Keeping);
        Players = new Players(world.Random, world.Pending, Forks, transmitter, Statistics, world.Events, Keeping);
        Resizers = new Resizers(Statistics);
        Ports = new OpenPorts(options, world.Ports, Destinations, Recorders, world.Events);
        var quality = new QualityWatch(options, Statistics);
        Calls = new CallTable(Sessions);
        Life = new SessionLife(
            index, options, Sessions, Calls, world.Pending, Ports, Players, Diallers, Resizers, Recorders, digits, quality, Forks, Statistics, world.Events);
        Aging = new SessionAging(
            Sessions, Calls, Life, quality, new VerdictWatch(Sessions, world.Events), Destinations, Resizers, Statistics, Keeping, start);
        var admission = new Admission(Players, Statistics, world.Events);
        var circles = new CircleWatch(world.Repeats, Statistics, world.Events);
        _path = new PacketPath(
            Ports,
            Destinations,
            admission,
            circles,
            quality,
            Resizers,
            Recorders,
            world.RtcpWitness,
            digits,
            Forks,
            transmitter,
            Statistics,
            world.Events,
            Keeping);
    }

    public int Index { get; }

    /// <summary>Sessions alive now. May be read by other threads, as a hint.</summary>
    public int SessionCount => Sessions.Count;

    /// <summary>Packets received in the last whole second. May be read by other threads, as a hint.</summary>
    public long PacketRate => Aging.PacketRate;

    /// <summary>Bytes of payloads of UDP received in the last whole second. May be read by other threads, as a hint.</summary>
    public long ByteRate => Aging.ByteRate;

    /// <summary>When <see cref="OnDeadline"/> wants to be called; never more than a second ahead.</summary>
    public Instant NextDeadline
    {
        get
        {
            Instant next = Aging.NextDue;
            next = Players.NextDue is { } play && play < next ? play : next;
            next = Diallers.NextDue is { } dial && dial < next ? dial : next;
            next = Keeping is { NextDue: var keep } && keep < next ? keep : next;
            return Resizers.NextDue is { } resize && resize < next ? resize : next;
        }
    }

    /// <summary>Counters of this worker.</summary>
    public RelayStatistics Statistics { get; } = new();

    /// <summary>
    /// The sessions of this worker, in the order in which they age, for snapshots: another worker is to get them in the same
    /// (<see cref="Snapshots.Restoration"/>). Valid until the next call.
    /// </summary>
    public ReadOnlySpan<Session> AllSessions => Sessions.All;

    /// <summary>Sessions that this is the matter with, as of the last second.</summary>
    public int SessionsWith(VerdictCode code) => Sessions.Verdicts.Of(code);

    /// <summary>Sessions that somebody should look at, as of the last second.</summary>
    public int SessionsInTrouble => Sessions.Verdicts.InTrouble;

    /// <summary>
    /// Sessions that would not outlive the process, since there was no room for them in the last second. May be read by other threads,
    /// as a hint.
    /// </summary>
    public int Unkept => Keeping?.Unkept ?? 0;

    // What commands work with, and snapshots.
    internal RelayOptions Options { get; }

    internal RelayWorld World { get; }

    internal SessionTable Sessions { get; } = new();

    internal CallTable Calls { get; }

    internal SessionLife Life { get; }

    internal SessionAging Aging { get; }

    internal OpenPorts Ports { get; }

    internal DestinationJudge Destinations { get; }

    internal Players Players { get; }

    internal Diallers Diallers { get; }

    internal Recorders Recorders { get; }

    internal Copies Copies { get; }

    internal Resizers Resizers { get; }

    internal Forks Forks { get; }

    /// <summary>Puts down what is known here; null where nobody wants to know.</summary>
    internal SessionKeeping? Keeping { get; }

    /// <summary>A datagram arrived on one of this worker's ports.</summary>
    public void OnDatagram<TSink>(PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct =>
        _path.OnDatagram(port, source, datagram, arrival, ref sink);

    /// <summary>
    /// The network tells that a datagram that was sent from one of this worker's ports has not arrived. Anybody can make up such a
    /// message: it is evidence for verdicts, and nothing else follows from it.
    /// </summary>
    /// <param name="to">Where the datagram should have gone.</param>
    public void OnUndelivered(PortId port, in Endpoint to, SendOutcome outcome, Instant now)
    {
        if (Ports.StreamOf(port) is { } stream && stream.Remote == to)
        {
            stream.State.Faults.OnTold(to, outcome, now);
        }
    }

    /// <summary>
    /// Time has passed: timers, players and re-packetisers act, so many of them at a time; what is left over is due at once,
    /// in the next turn, after the packets that have come meanwhile.
    /// </summary>
    public void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Players.Run(arrival, ref sink);
        Diallers.Run(arrival, ref sink);
        _path.SendDueAudio(arrival, ref sink);
        Aging.Age(arrival.Now);
        Keeping?.OnDeadline(arrival.Now);
    }

    /// <summary>All that has come in a turn has been worked on; what is kept of it for another process is put down.</summary>
    public void OnTurnEnded(Instant now) => Keeping?.OnTurnEnded(now);

    /// <summary>What is kept for another process may lie elsewhere than it did: says where, by owner (<see cref="ISnapshotSlots"/>).</summary>
    /// <returns>The owners of which there is something.</returns>
    public IReadOnlyList<long> FindSlotsAgain(Func<long, int> placeOf)
    {
        ArgumentNullException.ThrowIfNull(placeOf);
        return Keeping?.FindAgain(placeOf) ?? [];
    }

    /// <summary>Puts down all that is known, for another process; where that is wanted.</summary>
    public void KeepAll(Instant now) => Keeping?.WriteAll(now);

    /// <inheritdoc cref="Forks.OnForked"/>
    public void OnForked<TSink>(in ForkedPacket packet, in Datagram datagram, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => Forks.OnForked(packet, datagram, ref sink);

    /// <inheritdoc cref="Forks.OnStarted"/>
    public void OnForkStarted(in Fork fork) => Forks.OnStarted(fork);

    /// <inheritdoc cref="Forks.OnEnded"/>
    public void OnForkEnded(in Fork fork) => Forks.OnEnded(fork);

    /// <inheritdoc cref="Forks.OnReleased"/>
    public void OnForkReleased(in SessionId source) => Forks.OnReleased(source);

    /// <inheritdoc cref="Forks.OnSourceEnded"/>
    public void OnForkSourceEnded(in Fork fork) => Forks.OnSourceEnded(fork);
}
