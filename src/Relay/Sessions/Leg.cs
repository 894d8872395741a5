using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Forwarding.Resizing;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Sessions;

/// <summary>One party's RTP and RTCP streams: our ports that it sends to, where it is, and what was asked for it.</summary>
/// <remarks>Owned by its session.</remarks>
public sealed class Leg
{
    private LegEvidence _evidence;
    private Leg[] _hearers = [];

    internal Leg(Session session, Side side, LocalAddress local, InactivityTimer timer)
    {
        Session = session;
        Side = side;
        Local = local;
        Timer = timer;
        Rtp = new RelayStream(this, StreamKind.Rtp);
        Rtcp = new RelayStream(this, StreamKind.Rtcp);
    }

    public Session Session { get; }

    public Side Side { get; }

    /// <summary>The address our ports for this party are opened on.</summary>
    public LocalAddress Local { get; internal set; }

    /// <summary>Our ports for this party; null until they are opened.</summary>
    public PortPair? Ports { get; private set; }

    /// <summary>Our RTP port number, 0 while there is none.</summary>
    public ushort PortNumber => Ports?.Number ?? 0;

    public RelayStream Rtp { get; }

    public RelayStream Rtcp { get; }

    public RtpLatch RtpLatch { get; } = new();

    public RtcpLatch RtcpLatch { get; } = new();

    /// <summary>The analyser of the RTP received from this party.</summary>
    public ReceptionStatistics Reception { get; } = new();

    /// <summary>How that fares beside.</summary>
    internal StreamQuality Quality { get; } = new();

    /// <summary>What the RTCP of this party tells of what it receives.</summary>
    internal PartyReports Reports { get; } = new();

    public InactivityTimer Timer { get; }

    /// <summary>The party's session description shows the unspecified address: it does not want media now.</summary>
    public bool IsOnHold { get; internal set; }

    /// <summary>How often the party was put on hold.</summary>
    public uint HoldCount { get; internal set; }

    /// <summary>What does not pass of the party's media, and toward it.</summary>
    public MediaGates Gates { get; internal set; }

    /// <summary>Legs of subscribers that are sent what the other party is sent of this one. Derived: from what is known of the call.</summary>
    internal Leg[] Hearers
    {
        get => Volatile.Read(ref _hearers); // other workers follow packets through them
        set => Volatile.Write(ref _hearers, value);
    }

    /// <summary>Of a subscriber: the leg whose <see cref="Hearers"/> it is among.</summary>
    internal Leg? Heard { get; set; }

    /// <summary>RTCP of the party comes to our RTP port, and goes to its own (RFC 5761).</summary>
    public bool IsRtcpMuxed { get; internal set; }

    /// <summary>The payload type of the party's telephone events, where its controller tells it; -1 if not.</summary>
    internal int DigitPayloadType { get; set; } = -1;

    /// <summary>What came for a while was seen by nobody: it is not missing.</summary>
    internal void EndRun()
    {
        Reception.EndRun();
        Quality.EndRun();
    }

    /// <summary>Modifier <c>c</c> of the party's last command: payload types for prompts, verbatim.</summary>
    public string? Codecs { get; internal set; }

    /// <summary>Modifier <c>z</c> of the party's last command: packet duration for what it sends, in milliseconds.</summary>
    public int? PtimeMilliseconds { get; internal set; }

    /// <summary>TOS byte set by <c>S tos=N</c>; null for the daemon's own.</summary>
    public byte? Tos { get; internal set; }

    /// <summary>The address of our ports for this party without a port; unknown while there are none.</summary>
    internal Endpoint LocalHost { get; private set; }

    /// <summary>What is being played to this party, or will be once it can be reached.</summary>
    internal Player? Player { get; set; }

    /// <summary>
    /// The last command that had gone for a prompt for this party, or for anything else, when what it hears was decided: what this one
    /// and those before it bring is not played any more. Null when nothing was decided.
    /// </summary>
    internal PendingId? LastPlay { get; set; }

    /// <summary>Re-frames what this party sends, or null.</summary>
    internal Resizer? Resizer { get; set; }

    /// <summary>How what this party sends is numbered on its way, once it was re-framed or digits were put among it; null before.</summary>
    internal OutgoingNumbers? Numbers { get; set; }

    /// <summary>When re-framed audio of this party leaves without another packet; belongs to the schedule.</summary>
    internal Instant ResizerDue { get; set; }

    /// <summary>Where this party is in the schedule, -1 when it is not.</summary>
    internal int ResizerPlace { get; set; } = -1;

    /// <summary>Listens for the digits that this party presses; null when nobody wants them.</summary>
    internal DigitDetector? Digits { get; set; }

    /// <summary>Sends digits in the name of this party; null when there are none.</summary>
    internal Dialler? Dialler { get; set; }

    /// <summary>The command that is opening files for what this party sends, or null.</summary>
    internal PendingId? PendingRecording { get; set; }

    /// <summary>The ports that send a copy of what this party sends.</summary>
    internal PortPair? CopyPorts { get; set; }

    /// <summary>The address that those are bound to, without a port.</summary>
    internal Endpoint CopyHost { get; set; }

    /// <summary>What this party sends goes to a file, or is copied to another host.</summary>
    internal bool IsRecorded => Rtp.Recorder is not null || CopyPorts is not null;

    internal bool IsRecordedTo(IRecordingFile file) =>
        ReferenceEquals(Rtp.Recorder?.File, file) || ReferenceEquals(Rtcp.Recorder?.File, file);

    /// <summary>What verdicts are made of; to be copied out and in.</summary>
    internal ref LegEvidence Evidence => ref _evidence;

    /// <summary>The weak flag of this leg (control protocol, section 6.4).</summary>
    internal bool IsWeak { get; set; }

    internal RelayStream this[StreamKind kind] => kind == StreamKind.Rtp ? Rtp : Rtcp;

    /// <summary>Whether our ports for the party cannot send to an address.</summary>
    internal bool IsOfOtherFamily(in Endpoint remote) => remote.IsKnown && remote.IsIPv6 != LocalHost.IsIPv6;

    /// <summary>A packet for the party is about to be sent: it goes where was signalled when the party's old place has ended.</summary>
    internal void FollowSignalled(Instant now)
    {
        if (RtpLatch.Lapses(now))
        {
            RtcpLatch.FollowSignalled();
        }
    }

    internal void Attach(in PortPair ports)
    {
        Ports = ports;
        Rtp.Port = ports.Rtp;
        Rtcp.Port = ports.Rtcp;
        LocalHost = Endpoint.From(Local.Address, 0);
    }

    internal void Detach()
    {
        Ports = null;
        Rtp.Port = PortId.None;
        Rtcp.Port = PortId.None;
        LocalHost = default;
    }
}
