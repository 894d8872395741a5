using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// The same gate for a leg's RTCP port. Reports come every few seconds and carry no proof of their own, so a source is
/// judged by the host: the signalled one, or the one that the leg's RTP has been heard from.
/// </summary>
/// <remarks>Owned by one worker. Plain data.</remarks>
public sealed class RtcpLatch
{
    private SourceRank _rank;
    private Reach _reach; // of the signalled address
    private Instant _heardAt;
    private Endpoint _vetted;
    private bool _isOpen; // something changed: the vetted host may report from another port

    /// <summary>The RTCP address that goes with the signalled RTP address: the next port.</summary>
    public Endpoint Signalled { get; private set; }

    /// <summary>Where reports for the party are sent.</summary>
    public Endpoint Remote { get; private set; }

    /// <summary>Where the party's reports were last heard from.</summary>
    public Endpoint Source { get; private set; }

    public bool IsLatched => Source.IsKnown;

    /// <inheritdoc cref="RtpLatch.IsAsymmetric"/>
    public bool IsAsymmetric
    {
        get;
        set
        {
            field = value;
            if (value && Source.IsSameHost(Signalled))
            {
                Remote = Signalled;
            }
        }
    }

    /// <summary>Signalling gave an address. Returns false if it was known already.</summary>
    /// <param name="rtpFollows">The party's RTP is sent to the new address now.</param>
    public bool OnSignalled(in Endpoint address, bool rtpFollows)
    {
        _isOpen = true;
        if (address == Signalled)
        {
            return false;
        }

        bool wasWhereSignalled = _rank == SourceRank.Exact;
        Signalled = address;
        _reach = HostReach.Of(address);
        if (rtpFollows && _vetted.IsKnown)
        {
            _vetted = address;
        }

        if (IsLatched)
        {
            _rank = RankOf(Source);
        }

        // With RTP heard from a NAT's address, the signalled one is not where the party is.
        if (rtpFollows || (IsLatched ? wasWhereSignalled : _vetted.IsSameHost(address)))
        {
            Remote = address;
        }

        return true;
    }

    /// <summary>The party's RTP is sent where it was signalled, although nothing was heard from there.</summary>
    public void FollowSignalled()
    {
        Remote = Signalled;
        _vetted = Signalled;
        _isOpen = true;
        _rank = IsLatched ? RankOf(Source) : SourceRank.None;
    }

    /// <summary>
    /// The leg's RTP was heard from a new place: reports belong to that host. Returns true when their port had to be
    /// guessed as the next one (RFC 3550 section 11), because nothing better is known there.
    /// </summary>
    public bool OnRtpLatched(in Endpoint rtpSource)
    {
        _vetted = rtpSource;
        _isOpen = true;
        if (IsLatched)
        {
            _rank = RankOf(Source);
        }

        if (Remote.IsKnown && Remote.IsSameHost(rtpSource))
        {
            return false;
        }

        Source = default;
        _rank = SourceRank.None;
        if (rtpSource.Port == ushort.MaxValue)
        {
            return false;
        }

        Remote = rtpSource.WithPort((ushort)(rtpSource.Port + 1));
        return true;
    }

    /// <summary>A datagram came in on the RTCP port.</summary>
    public LatchVerdict OnPacket(in Endpoint source, Instant now)
    {
        if (IsAsymmetric && Remote.IsKnown)
        {
            return OnAsymmetricPacket(source, now);
        }

        if (source == Source)
        {
            _heardAt = now;
            return LatchVerdict.Accepted;
        }

        SourceRank rank = RankOf(source);
        if (!IsLatched)
        {
            // Once RTP has shown where the party is, nobody else reports for it; and before, only where nobody can know.
            if (rank < SourceRank.SameHost && (_vetted.IsKnown || !MayBeAt(source)))
            {
                return LatchVerdict.Refused;
            }

            SettleOn(source, rank, now);
            return LatchVerdict.Latched;
        }

        bool mayChange = rank == _rank && source.IsSameHost(Source) && (_isOpen || now - _heardAt >= LatchTimes.Forgotten);
        if (rank > _rank || mayChange)
        {
            SettleOn(source, rank, now);
            return LatchVerdict.Moved;
        }

        return LatchVerdict.Refused;
    }

    private LatchVerdict OnAsymmetricPacket(in Endpoint source, Instant now)
    {
        bool isOnHost = source.IsSameHost(Remote);
        if (!isOnHost && source != Source)
        {
            return LatchVerdict.Refused;
        }

        LatchVerdict verdict = IsLatched ? LatchVerdict.Accepted : LatchVerdict.Latched;
        if (isOnHost)
        {
            Source = source;
            _rank = RankOf(source);
        }

        _heardAt = now;
        return verdict;
    }

    private void SettleOn(in Endpoint source, SourceRank rank, Instant now)
    {
        Source = source;
        Remote = source;
        _rank = rank;
        _heardAt = now;
        _isOpen = false;
    }

    private SourceRank RankOf(in Endpoint source)
    {
        if (Signalled.IsKnown && source == Signalled)
        {
            return SourceRank.Exact;
        }

        bool isVettedHost = _vetted.IsKnown
            ? source.IsSameHost(_vetted)
            : Signalled.IsKnown && source.IsSameHost(Signalled);
        return isVettedHost ? SourceRank.SameHost : SourceRank.Stranger;
    }

    private bool MayBeAt(in Endpoint source) => HostReach.MayBeSeenAt(Signalled, _reach, source);
}
