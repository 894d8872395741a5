using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// The same gate for a leg's RTCP port. Reports come every few seconds and carry no proof of their own, so a source is
/// judged by the host: the signalled one, or the one that the leg's RTP has been heard from.
/// </summary>
/// <remarks>Owned by one worker. All it knows is in <see cref="State"/>.</remarks>
public sealed class RtcpLatch
{
    private RtcpLatchState _state;

    /// <summary>The RTCP address that goes with the signalled RTP address: the next port.</summary>
    public Endpoint Signalled => _state.Signalled;

    /// <summary>Where reports for the party are sent.</summary>
    public Endpoint Remote => _state.Remote;

    /// <summary>Where the party's reports were last heard from.</summary>
    public Endpoint Source => _state.Source;

    public bool IsLatched => Source.IsKnown;

    /// <inheritdoc cref="RtpLatch.IsAsymmetric"/>
    public bool IsAsymmetric
    {
        get => _state.IsAsymmetric;
        set
        {
            _state.IsAsymmetric = value;
            if (value && Source.IsSameHost(Signalled))
            {
                _state.Remote = Signalled;
            }
        }
    }

    /// <summary>What it knows, to be copied out and in.</summary>
    internal ref RtcpLatchState State => ref _state;

    /// <summary>Signalling gave an address. Returns false if it was known already.</summary>
    /// <param name="rtpFollows">The party's RTP is sent to the new address now.</param>
    public bool OnSignalled(in Endpoint address, bool rtpFollows)
    {
        _state.IsOpen = true;
        if (address == Signalled)
        {
            return false;
        }

        bool wasWhereSignalled = _state.Rank == SourceRank.Exact;
        _state.Signalled = address;
        _state.Reach = HostReach.Of(address);
        if (rtpFollows && _state.Vetted.IsKnown)
        {
            _state.Vetted = address;
        }

        if (IsLatched)
        {
            _state.Rank = RankOf(Source);
        }

        // With RTP heard from a NAT's address, the signalled one is not where the party is.
        if (rtpFollows || (IsLatched ? wasWhereSignalled : _state.Vetted.IsSameHost(address)))
        {
            _state.Remote = address;
        }

        return true;
    }

    /// <summary>The party's RTP is sent where it was signalled, although nothing was heard from there.</summary>
    public void FollowSignalled()
    {
        _state.Remote = Signalled;
        _state.Vetted = Signalled;
        _state.IsOpen = true;
        _state.Rank = IsLatched ? RankOf(Source) : SourceRank.None;
    }

    /// <summary>
    /// The leg's RTP was heard from a new place: reports belong to that host. Returns true when their port had to be
    /// guessed as the next one (RFC 3550 section 11), because nothing better is known there.
    /// </summary>
    public bool OnRtpLatched(in Endpoint rtpSource)
    {
        _state.Vetted = rtpSource;
        _state.IsOpen = true;
        if (IsLatched)
        {
            _state.Rank = RankOf(Source);
        }

        if (Remote.IsKnown && Remote.IsSameHost(rtpSource))
        {
            return false;
        }

        _state.Source = default;
        _state.Rank = SourceRank.None;
        if (rtpSource.Port == ushort.MaxValue)
        {
            return false;
        }

        _state.Remote = rtpSource.WithPort((ushort)(rtpSource.Port + 1));
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
            _state.HeardAt = now;
            return LatchVerdict.Accepted;
        }

        SourceRank rank = RankOf(source);
        if (!IsLatched)
        {
            // Once RTP has shown where the party is, nobody else reports for it; and before, only where nobody can know.
            if (rank < SourceRank.SameHost && (_state.Vetted.IsKnown || !MayBeAt(source)))
            {
                return LatchVerdict.Refused;
            }

            SettleOn(source, rank, now);
            return LatchVerdict.Latched;
        }

        bool mayChange = rank == _state.Rank && source.IsSameHost(Source) && (_state.IsOpen || now - _state.HeardAt >= LatchTimes.Forgotten);
        if (rank > _state.Rank || mayChange)
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
            _state.Source = source;
            _state.Rank = RankOf(source);
        }

        _state.HeardAt = now;
        return verdict;
    }

    private void SettleOn(in Endpoint source, SourceRank rank, Instant now)
    {
        _state.Source = source;
        _state.Remote = source;
        _state.Rank = rank;
        _state.HeardAt = now;
        _state.IsOpen = false;
    }

    private SourceRank RankOf(in Endpoint source)
    {
        if (Signalled.IsKnown && source == Signalled)
        {
            return SourceRank.Exact;
        }

        bool isVettedHost = _state.Vetted.IsKnown
            ? source.IsSameHost(_state.Vetted)
            : Signalled.IsKnown && source.IsSameHost(Signalled);
        return isVettedHost ? SourceRank.SameHost : SourceRank.Stranger;
    }

    private bool MayBeAt(in Endpoint source) => HostReach.MayBeSeenAt(Signalled, _state.Reach, source);
}
