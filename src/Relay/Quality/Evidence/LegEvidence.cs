using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality.Evidence;

/// <summary>What was said of a party, and what its datagrams show. Plain data; all zero is a party of whom nothing is known.</summary>
internal struct LegEvidence
{
    /// <summary>Where the party was last said to be, whether that is believed or not; unknown if nobody said.</summary>
    public Endpoint Said;

    public SignalledBy SaidBy;

    /// <summary>When that was said first, without another address since.</summary>
    public Instant SaidAt;

    public AddressPlace Place;

    /// <summary>The party's address, port or hold changed last: it has a few seconds to be heard.</summary>
    public Instant ExpectedSince;

    /// <summary>RTP came from the party; the last time at <see cref="SpokeAt"/>.</summary>
    public bool HasSpoken;

    public Instant SpokeAt;

    /// <summary>The last RTP packet was comfort noise: silence until something else comes (RFC 3389).</summary>
    public bool IsNoiseOnly;

    /// <summary>Pauses of its speech without a packet missing, saturating: it saves silence.</summary>
    public byte Pauses;

    public RtpTimestamp SpokeTimestamp;

    /// <summary>Of the last datagram that is neither RTP nor RTCP nor a keepalive.</summary>
    public MediaLook Look;

    public Instant OtherAt;

    /// <summary>Such datagrams since the last RTP packet.</summary>
    public uint OtherRow;

    /// <summary>RTP that came for nobody yet: how many packets, and where the last one came from, when.</summary>
    public uint EarlyPackets;

    public Endpoint EarlySource;

    public Instant EarlyAt;

    /// <summary>The last packet that went round in a circle; zero if none did.</summary>
    public Instant CirclingAt;

    /// <summary>The party was last put on hold by the unspecified address of IPv6.</summary>
    public bool IsHeldByIPv6;

    /// <summary>When RTCP last came to the RTP port (RFC 5761); zero if never.</summary>
    public Instant MuxedReportAt;

    /// <summary>Packets sent by the party, as its last sender report has them, and when a report last had more than the one before.</summary>
    public uint ClaimedPackets;

    public Instant ClaimsAt;

    private const byte ManyPauses = 2;
    private const int MostClaimedAtOnce = 20_000; // between two reports; what is encrypted (RFC 3711) looks like any number

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20); // longer ones may be holds

    /// <summary>Sends nothing while the party is silent, with comfort noise or without.</summary>
    public readonly bool SavesSilence => IsNoiseOnly || Pauses >= ManyPauses;

    /// <summary>Packets of it go round: one that comes once more is nobody who speaks.</summary>
    public readonly bool IsCircling(Instant now) => CirclingAt != default && now - CirclingAt <= VerdictTimes.CirclingLately;

    /// <summary>Somebody said where the party is.</summary>
    public void OnSaid(in Endpoint address, SignalledBy by, Instant now)
    {
        if (address != Said)
        {
            Said = address;
            SaidBy = by;
            SaidAt = now;
            ExpectedSince = now;
        }
    }

    /// <summary>A datagram came to the party's RTP port before the session was complete.</summary>
    public void OnEarly(ReadOnlySpan<byte> datagram, in Endpoint source, Instant now)
    {
        if (RtpPacket.TryParse(datagram, out _) == RtpParseError.None)
        {
            EarlyPackets += EarlyPackets < uint.MaxValue ? 1u : 0;
            EarlySource = source;
            EarlyAt = now;
        }
    }

    /// <param name="follows">The packet's number is the next one of the stream.</param>
    public void OnRtp(in RtpPacket packet, bool follows, Instant now)
    {
        TimeSpan pause = now - SpokeAt;
        if (pause > ShortestPause && HasSpoken && follows && pause < LongestPause
            && (packet.Marker || packet.Timestamp.DistanceFrom(SpokeTimestamp) > 2000)
            && Pauses < byte.MaxValue)
        {
            Pauses++;
        }

        HasSpoken = true;
        SpokeAt = now;
        SpokeTimestamp = packet.Timestamp;
        IsNoiseOnly = ComfortNoise.IsIn(packet);
        OtherRow = 0;
    }

    /// <summary>A datagram at the RTP port that is not RTP.</summary>
    public void OnOther(ReadOnlySpan<byte> datagram, Instant now)
    {
        MediaLook look = DatagramLook.Of(datagram, out bool isKeepalive);
        if (look == MediaLook.Rtcp)
        {
            MuxedReportAt = now;
            OnReport(datagram, now);
        }
        else if (!isKeepalive)
        {
            Look = look;
            OtherAt = now;
            OtherRow++;
        }
    }

    /// <summary>RTCP of the party.</summary>
    public void OnReport(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (SenderCount.TryRead(datagram, out uint count))
        {
            uint more = count - ClaimedPackets;
            ClaimsAt = ClaimedPackets != 0 && more is > 0 and <= MostClaimedAtOnce ? now : ClaimsAt;
            ClaimedPackets = count;
        }
    }
}
