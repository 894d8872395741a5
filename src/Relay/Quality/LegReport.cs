using System.Collections.Immutable;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality;

/// <summary>What is known of a party and of the ports that it sends to. Times are "ago", seen from the moment of the report.</summary>
public sealed record LegReport
{
    public required Side Side { get; init; }

    /// <summary>The address that our ports for the party are bound to, and what the party was told instead.</summary>
    public required LocalAddress Local { get; init; }

    /// <summary>Our RTP port, 0 while there is none; that of RTCP is the next.</summary>
    public ushort Port { get; init; }

    /// <summary>Where the party was said to be; unknown if nobody said.</summary>
    public Endpoint Signalled { get; init; }

    public SignalledBy SignalledBy { get; init; }

    public TimeSpan? SignalledAgo { get; init; }

    /// <summary>Whether it can be there, seen from here.</summary>
    public AddressPlace Place { get; init; }

    /// <summary>Since it could be heard: the call was complete, and its address, its port or a hold did not change any more.</summary>
    public TimeSpan ExpectedAgo { get; init; }

    /// <summary>Where the party was heard; unknown before.</summary>
    public Endpoint Learned { get; init; }

    /// <summary>Since it was settled there.</summary>
    public TimeSpan? LearnedAgo { get; init; }

    /// <summary>How often it was settled elsewhere than before.</summary>
    public uint Moves { get; init; }

    /// <summary>Where packets for the party go; unknown while nowhere.</summary>
    public Endpoint SendingTo { get; init; }

    /// <summary>RTP sent to the party: packets of the other one that were relayed.</summary>
    public ulong Sent { get; init; }

    /// <summary>Since the last RTP packet of the party; null if there was none.</summary>
    public TimeSpan? HeardAgo { get; init; }

    /// <summary>RTP packets of the party that were relayed, and that were dropped after they had been taken.</summary>
    public ulong Relayed { get; init; }

    public ulong Dropped { get; init; }

    /// <summary>RTCP packets of the party.</summary>
    public ulong ControlPackets { get; init; }

    /// <summary>Where RTCP of the party comes from, unknown if none.</summary>
    public Endpoint ControlLearned { get; init; }

    /// <summary>Since its last RTCP, at whatever port; null if there was none.</summary>
    public TimeSpan? ReportsAgo { get; init; }

    /// <summary>Its sender reports count packets that do not come.</summary>
    public bool ClaimsToSpeak { get; init; }

    /// <summary>It sends nothing while it is silent.</summary>
    public bool SavesSilence { get; init; }

    public RefusedSource? Refused { get; init; }

    public SendFault? SendFault { get; init; }

    /// <summary>What the datagrams of the party look like now: RTP, or what the last one that is not RTP looked like.</summary>
    public MediaLook Look { get; init; }

    /// <summary>Datagrams that are neither RTP nor RTCP nor keepalives, since the last RTP packet.</summary>
    public uint OtherRow { get; init; }

    /// <summary>What came for it before the session was complete; null if nothing did.</summary>
    public EarlyMedia? Early { get; init; }

    /// <summary>Its packets go round in a circle and are dropped (media rules, section 3.8): since the last one, if that was lately.</summary>
    public TimeSpan? CirclingAgo { get; init; }

    public ulong Circling { get; init; }

    public bool IsOnHold { get; init; }

    /// <summary>By the unspecified address of IPv6, when it was put on hold last.</summary>
    public bool IsHeldByIPv6 { get; init; }

    public uint HoldCount { get; init; }

    /// <summary>A prompt is being played to the party.</summary>
    public bool HearsPrompt { get; init; }

    /// <summary>What the party sends is recorded, or copied to another host.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>What the party sends.</summary>
    public required ReceptionFigures Reception { get; init; }

    /// <summary>How the party receives, by its own word; null if it never said.</summary>
    public ReportedFigures? Reported { get; init; }

    /// <summary>The life of the stream from the party in intervals, oldest first; at most 64.</summary>
    public ImmutableArray<IntervalFigures> History { get; init; } = [];
}
