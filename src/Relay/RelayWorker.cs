using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;

namespace RtpProxy.Relay;

/// <summary>
/// The relay without its sockets: sessions, latches, timers, counters of the calls that one worker owns. Bytes, an
/// instant and a port go in; datagrams to send, replies and the next deadline come out.
/// </summary>
/// <remarks>Driven by one thread; never blocks, reads no clock, and allocates nothing per packet.</remarks>
public sealed partial class RelayWorker
{
    private static readonly Instant AtOnce = new(1);

    private RelayStream?[] _byPort = new RelayStream?[64];
    private int _sessionCount;

    /// <param name="index">0-based; sessions are spread by call-id, see <see cref="Commands.ControlPlane"/>.</param>
    /// <param name="start">Zero point of the one-second ticks that age sessions.</param>
    public RelayWorker(int index, RelayOptions options, RelayWorld world, Instant start)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(world);
        Index = index;
        Options = options;
        World = world;
        _repeats = new RepeatTable(world.Random);
        _own = world.Directory.Own.Current;
        _nextTick = start + Second;
        _toAge = -1;
    }

    public int Index { get; }

    /// <summary>Sessions alive now. May be read by other threads, as a hint.</summary>
    public int SessionCount => Volatile.Read(ref _sessionCount);

    /// <summary>When <see cref="OnDeadline"/> wants to be called; never more than a second ahead.</summary>
    public Instant NextDeadline
    {
        get
        {
            Instant next = _toAge >= 0 ? AtOnce : _nextTick;
            next = _players.NextDue is { } play && play < next ? play : next;
            return _resizers.NextDue is { } resize && resize < next ? resize : next;
        }
    }

    internal RelayOptions Options { get; }

    internal RelayWorld World { get; }

    internal SessionTable Sessions { get; } = new();

    /// <summary>Counters of this worker; read them on its thread.</summary>
    public RelayStatistics Statistics { get; } = new();

    /// <summary>
    /// Time has passed: timers, players and re-packetisers act, so many of them at a time; what is left over is due at once,
    /// in the next turn, after the packets that have come meanwhile.
    /// </summary>
    public void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        RunPlayers(arrival, ref sink);
        RunResizers(arrival, ref sink);
        Age(arrival.Now);
    }

    private RelayStream? StreamOf(PortId port) =>
        (uint)port.Value < (uint)_byPort.Length ? _byPort[port.Value] : null;

    private void Map(PortId port, RelayStream? stream)
    {
        if (port.Value >= _byPort.Length)
        {
            Array.Resize(ref _byPort, Math.Max(port.Value + 1, _byPort.Length * 2));
        }

        _byPort[port.Value] = stream;
    }
}
