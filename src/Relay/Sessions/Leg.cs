using RtpProxy.Control;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Sessions;

/// <summary>One party's RTP and RTCP streams: our ports that it sends to, where it is, and what was asked for it.</summary>
/// <remarks>Owned by its session.</remarks>
public sealed class Leg
{
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

    public InactivityTimer Timer { get; }

    /// <summary>The party's session description shows the unspecified address: it does not want media now.</summary>
    public bool IsOnHold { get; internal set; }

    /// <summary>How often the party was put on hold.</summary>
    public uint HoldCount { get; internal set; }

    /// <summary>Modifier <c>c</c> of the party's last command: payload types for prompts, verbatim.</summary>
    public string? Codecs { get; internal set; }

    /// <summary>Modifier <c>z</c> of the party's last command: packet duration for what it sends, in milliseconds.</summary>
    public int? PtimeMilliseconds { get; internal set; }

    /// <summary>TOS byte set by <c>S tos=N</c>; null for the daemon's own.</summary>
    public byte? Tos { get; internal set; }

    /// <summary>The weak flag of this leg (control protocol, section 6.4).</summary>
    internal bool IsWeak { get; set; }

    internal RelayStream this[StreamKind kind] => kind == StreamKind.Rtp ? Rtp : Rtcp;

    internal void Attach(in PortPair ports)
    {
        Ports = ports;
        Rtp.Port = ports.Rtp;
        Rtcp.Port = ports.Rtcp;
    }

    internal void Detach()
    {
        Ports = null;
        Rtp.Port = PortId.None;
        Rtcp.Port = PortId.None;
    }
}
