namespace RtpProxy.Controller.Hosting;

/// <summary>The settings of a controller, as a configuration file has them: by default its section is bound to this.</summary>
/// <remarks>The relays, and how they are treated, are replaced while calls are up when the configuration changes; the rest needs a restart.</remarks>
public sealed class RtpProxyControllerOptions
{
    /// <summary>
    /// The relays: each entry is a control socket, such as <c>udp:192.0.2.1:22222</c> or <c>unix:/run/rtpproxy/rtpproxy.sock</c>, or a
    /// whole value of Kamailio's <c>rtpproxy_sock</c>, with weights and sets: <c>1 == udp:192.0.2.1=2 udp:192.0.2.2</c>.
    /// </summary>
    public IList<string> Relays { get; } = [];

    /// <summary>How long a reply is awaited; over UDP for each transmission.</summary>
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many times in all a datagram is sent.</summary>
    public int Transmissions { get; set; } = 5;

    /// <summary>Commands that may await the replies of one relay at the same time.</summary>
    public int MaxCommandsInFlight { get; set; } = 256;

    /// <summary>How long a relay that failed is left alone before it is probed again.</summary>
    public TimeSpan DisableTime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a relay that is full, or drains, gets no new calls while there are others.</summary>
    public TimeSpan RestTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a relay that was taken out of the configuration serves the calls it has.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How often it is looked whether a relay that failed may be probed again.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that an offer or answer may take over all relays.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most media of one description that may need a relay.</summary>
    public int MaxMedia { get; set; } = 16;

    /// <summary>The line that marks a description as relayed; empty for none.</summary>
    public string Mark { get; set; } = "a=nortpproxy:yes";

    /// <summary>A description with a group address is refused before any command.</summary>
    public bool RefusesMulticast { get; set; }

    /// <summary>
    /// Where this program listens for calls whose media was lost: <c>unix:PATH</c> or <c>tcp:ADDRESS:PORT</c>; null for nowhere. Every
    /// <see cref="IMediaTimeoutHandler"/> that is registered hears of them. Relays need the option <c>-n</c> to tell.
    /// </summary>
    public string? TimeoutListener { get; set; }

    /// <summary>What relays are told to connect to, where that is not <see cref="TimeoutListener"/> itself, as behind a NAT.</summary>
    public string? TimeoutSocket { get; set; }
}
