using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Forwarding.Circles;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Sessions;

/// <summary>The RTP or RTCP half of a leg: our port for a party, and what was received on it.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public sealed class RelayStream
{
    private const int MaxRefusalsTold = 10; // where a party is can change with every packet

    private RelayStreamState _state;

    internal RelayStream(Leg leg, StreamKind kind)
    {
        Leg = leg;
        Kind = kind;
    }

    public Leg Leg { get; }

    public StreamKind Kind { get; }

    /// <summary>Our socket; <see cref="PortId.None"/> until the leg has a port.</summary>
    public PortId Port { get; internal set; } = PortId.None;

    /// <summary>The number of our port, 0 while there is none.</summary>
    public ushort PortNumber =>
        Kind == StreamKind.Rtcp && Leg.PortNumber is > 0 and var rtp ? (ushort)(rtp + 1) : Leg.PortNumber;

    /// <summary>Where packets for the party go; unknown when nothing was signalled or heard.</summary>
    public Endpoint Remote => Kind == StreamKind.Rtp ? Leg.RtpLatch.Remote : Leg.RtcpLatch.Remote;

    /// <summary>Where the party was last heard; unknown before.</summary>
    public Endpoint Source => Kind == StreamKind.Rtp ? Leg.RtpLatch.Source : Leg.RtcpLatch.Source;

    /// <summary>Unlike that of any other stream of the worker, now or before.</summary>
    internal ulong Number => ((ulong)Leg.Session.Id.Serial << 2) | ((ulong)Leg.Side << 1) | (ulong)Kind;

    /// <summary>The stream that a packet received on this one goes out of.</summary>
    internal RelayStream Onward
    {
        get
        {
            Leg other = Leg.Session.Opposite(Leg);
            return other[other.IsRtcpMuxed ? StreamKind.Rtp : Kind];
        }
    }

    /// <summary>Datagrams from the party: accepted by the latch, whatever became of them.</summary>
    public ulong Received => _state.Received;

    /// <summary>Payloads of UDP of those.</summary>
    public ulong ReceivedBytes => _state.ReceivedBytes;

    /// <summary>Datagrams from the party that were passed on.</summary>
    public ulong Relayed { get => _state.Relayed; internal set => _state.Relayed = value; }

    /// <summary>Datagrams that went to the party, whoever made them: the other party, a prompt, digits that are played.</summary>
    public ulong Sent => _state.Sent;

    /// <summary>Payloads of UDP of those.</summary>
    public ulong SentBytes => _state.SentBytes;

    /// <summary>Datagrams of strangers.</summary>
    public ulong Ignored => _state.Drops[(int)DropReason.UnknownSource];

    /// <summary>How often the party was settled elsewhere than before.</summary>
    internal uint Moves { get => _state.Moves; set => _state.Moves = value; }

    /// <summary>Wall clock of the first datagram, microseconds since the UNIX epoch; 0 before.</summary>
    public long FirstWallMicroseconds => _state.FirstWallMicroseconds;

    /// <summary>Time from the first to the last datagram.</summary>
    public TimeSpan Duration => _state.LastAt - _state.FirstAt;

    /// <summary>The longest time between two datagrams.</summary>
    public TimeSpan LongestInterval => _state.LongestInterval;

    /// <summary>What was counted, and what was told; to be copied out and in.</summary>
    internal ref RelayStreamState State => ref _state;

    /// <summary>What we make of where packets for the party go.</summary>
    internal Destination Destination { get; } = new();

    /// <summary>Tells packets that come round again.</summary>
    internal ref RepeatWatch Repeats => ref _state.Repeats;

    /// <summary>Writes what the party sends to a file, or null.</summary>
    internal StreamRecorder? Recorder { get; set; }

    /// <summary>Sends what the party sends to a third place, or null.</summary>
    internal StreamCopy? Copy { get; set; }

    /// <summary>Datagrams dropped for one reason.</summary>
    public uint Dropped(DropReason reason) => _state.Drops[(int)reason];

    /// <summary>Datagrams of the party itself that were dropped, but for those that the re-packetiser swallowed.</summary>
    public ulong DroppedOfParty
    {
        get
        {
            ulong sum = 0;
            for (int reason = 0; reason < DropCounts.Length; reason++)
            {
                sum += IsOfParty((DropReason)reason) ? _state.Drops[reason] : 0;
            }

            return sum;
        }
    }

    /// <summary>Whether <see cref="DroppedOfParty"/> has the datagrams dropped for this reason.</summary>
    public static bool IsOfParty(DropReason reason) =>
        reason is not (DropReason.UnknownSource or DropReason.SessionIncomplete
            or DropReason.ResizerLate or DropReason.ResizerDuplicate or DropReason.ResizerFlushed);

    /// <summary>Our address of the stream: the exact one if it is known, else the one the port is bound to.</summary>
    internal Endpoint LocalOf(in Endpoint exact)
    {
        Endpoint bound = Leg.LocalHost;
        int port = Leg.PortNumber + (Kind == StreamKind.Rtcp ? 1 : 0);
        return (exact.IsKnown && exact.IsIPv6 == bound.IsIPv6 ? exact : bound).WithPort((ushort)port);
    }

    /// <summary>A packet for the party was refused: whether this is the first one for its address, which is told.</summary>
    internal bool IsFirstRefusal(in Endpoint remote)
    {
        if (_state.RefusalToldOf == remote || _state.RefusalsTold == MaxRefusalsTold)
        {
            return false;
        }

        _state.RefusalToldOf = remote;
        _state.RefusalsTold++;
        return true;
    }

    internal void CountDrop(DropReason reason) => _state.Drops[(int)reason]++;

    internal void CountSent(int length)
    {
        _state.Sent++;
        _state.SentBytes += (uint)length;
    }

    internal void CountReceived(in Arrival arrival, int length)
    {
        _state.ReceivedBytes += (uint)length;
        if (_state.Received++ == 0)
        {
            _state.FirstWallMicroseconds = arrival.WallMicroseconds;
            _state.FirstAt = arrival.Now;
        }
        else
        {
            TimeSpan interval = arrival.Now - _state.LastAt;
            if (interval > LongestInterval)
            {
                _state.LongestInterval = interval;
            }
        }

        _state.LastAt = arrival.Now;
    }
}
