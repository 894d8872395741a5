using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// Decides whose packets an RTP port takes and where those for its party go (RFC 7362): the signalled address before
/// anything was heard, then the source that proved best.
/// </summary>
/// <remarks>
/// <para>
/// Trust, best first: the signalled address and port; the signalled host from another port; the stream's own
/// continuation (same SSRC, sequence and timestamp that follow on); anyone else, and only while nothing has been heard
/// since the address was signalled. A better source replaces a worse one at once. An equal or worse one replaces a
/// source only if it carries the stream on, or if that source has been silent; a stranger never replaces a live party.
/// What is not RTP never replaces a party that speaks it, unless a new address was signalled. Repeating a known address
/// changes nothing, so a re-INVITE opens no window for intruders (CVE-2017-14114).
/// </para>
/// <para>Owned by one worker. Plain data: it can be written out and read back.</para>
/// </remarks>
public sealed class RtpLatch
{
    /// <summary>Packets ahead that still count as the same stream; the analyser's own limit (media rules, section 4.2).</summary>
    public const int MaxSequenceAdvance = 536;

    /// <summary>A source heard within this time is alive: ten packets of 20 ms, and more than one of the longest ptime in use.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long, after a new address was signalled and with nothing heard, until a stranger may speak for the party; how
    /// long an old source must go on until we believe it rather than the new address; and how long others must go on
    /// until one datagram alone is forgotten.
    /// </summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>A source silent for so long may have lost its NAT binding; its host may then speak from another port.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);

    private const long FastestClockHz = 90_000; // video; the fastest clock in common use (RFC 3551)
    private const long ClockSlackSeconds = 10; // packets lost, or queued in a network that was away

    private SourceRank _rank;
    private SourceRank _rankWhenSignalled;
    private Instant _heardAt;
    private Instant _signalledAt;
    private Endpoint _forgotten; // the source that was given up for silence, for another port of its host
    private Endpoint _challenger; // went on while the source had been heard only once
    private Instant _challengedAt;
    private bool _isResettling; // a new address was signalled; neither was it heard nor did the old source go on
    private bool _isHeardAgain; // more than one datagram came from the source
    private bool _hasEvidence; // the source has spoken RTP
    private Ssrc _ssrc;
    private SequenceNumber _sequence;
    private RtpTimestamp _timestamp;

    /// <summary>What the party's last session description said; unknown when none had a usable address.</summary>
    public Endpoint Signalled { get; private set; }

    /// <summary>Where packets for the party are sent; unknown when nothing was signalled and nothing heard.</summary>
    public Endpoint Remote { get; private set; }

    /// <summary>Where the party was last heard; unknown before.</summary>
    public Endpoint Source { get; private set; }

    /// <summary>True once the party has been heard.</summary>
    public bool IsLatched => Source.IsKnown;

    /// <summary>The SSRC last heard from the party, null before the first RTP packet.</summary>
    public Ssrc? LastSsrc => _hasEvidence ? _ssrc : null;

    /// <summary>The highest sequence number heard from the party, null before the first RTP packet.</summary>
    public SequenceNumber? LastSequence => _hasEvidence ? _sequence : null;

    /// <summary>
    /// The party sends from elsewhere than it receives at (RFC 4961 does not hold): only its host is checked, and
    /// packets never move it.
    /// </summary>
    public bool IsAsymmetric
    {
        get;
        set
        {
            field = value;
            if (value && Source.IsSameHost(Signalled))
            {
                Remote = Signalled; // what was learned before is where it sends from
            }
        }
    }

    /// <summary>Signalling gave an address. Returns false if it was known already and nothing changes.</summary>
    public bool OnSignalled(in Endpoint address, Instant now)
    {
        if (address == Signalled)
        {
            return false;
        }

        // A party heard elsewhere than signalled sits behind a NAT: its descriptions are not where it is.
        bool followsSignalling = !IsLatched || Remote == Signalled || IsAsymmetric;
        _rankWhenSignalled = _rank;
        Signalled = address;
        _signalledAt = now;
        _isResettling = true;
        _forgotten = default;
        if (IsLatched)
        {
            _rank = RankOf(Source, isRtp: _rank != SourceRank.StrangeDatagram);
        }

        if (followsSignalling)
        {
            Remote = address;
        }

        return true;
    }

    /// <summary>A datagram came in for the party.</summary>
    public LatchVerdict OnPacket(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        if (IsAsymmetric && Remote.IsKnown)
        {
            return OnAsymmetricPacket(source, evidence, now);
        }

        if (source == Source)
        {
            return OnHeardAgain(evidence, now);
        }

        SourceRank rank = RankOf(source, evidence.IsRtp);
        if (!IsLatched)
        {
            SettleOn(source, rank, evidence, now);
            return LatchVerdict.Latched;
        }

        if (!MayMove(source, rank, evidence, now) && !OutlivesStray(source, rank, evidence, now))
        {
            return LatchVerdict.Refused;
        }

        SettleOn(source, rank, evidence, now);
        return LatchVerdict.Moved;
    }

    private bool MayMove(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        TimeSpan silence = now - _heardAt;
        bool isSameHost = source.IsSameHost(Source);
        if (_hasEvidence && !evidence.IsRtp)
        {
            return MayTurnToOtherMedia(rank, isSameHost, silence, now);
        }

        if (rank > _rank)
        {
            // A stranger who speaks RTP against one who does not: that may be junk, or a fax.
            return rank != SourceRank.Stranger || isSameHost || !_isHeardAgain || silence >= Settle;
        }

        if (CarriesOn(evidence, now) && (isSameHost || silence >= Alive))
        {
            return true;
        }

        if (source == _forgotten || (isSameHost && silence >= Forgotten))
        {
            return true;
        }

        return _isResettling && rank >= _rank && MayResettle(rank, silence, now);
    }

    /// <summary>T.38 after voice: only a new description lets it in elsewhere than the voice came from.</summary>
    private bool MayTurnToOtherMedia(SourceRank rank, bool isSameHost, TimeSpan silence, Instant now)
    {
        if (!_isResettling)
        {
            return false;
        }

        return rank > _rank
            ? silence >= Alive
            : (rank == _rank || isSameHost) && silence >= Settle && now - _signalledAt >= Settle;
    }

    /// <summary>The party may have moved to where the new description does not say, so nobody better will be heard.</summary>
    private bool MayResettle(SourceRank rank, TimeSpan silence, Instant now) =>
        rank >= SourceRank.SameHost && rank >= _rankWhenSignalled
            ? silence >= Alive
            : silence >= Settle && now - _signalledAt >= Settle;

    /// <summary>
    /// One datagram alone makes no party: it may come from a call that used our port before. Who goes on while nothing
    /// more comes from there takes its place.
    /// </summary>
    private bool OutlivesStray(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (_isHeardAgain || rank < _rank || (_hasEvidence && !evidence.IsRtp))
        {
            return false;
        }

        bool wentOn = now - _challengedAt >= Settle;
        if (source == _challenger)
        {
            return wentOn;
        }

        if (!_challenger.IsKnown || wentOn)
        {
            _challenger = source;
            _challengedAt = now;
        }

        return false;
    }

    /// <summary>Whether the packet follows on from the party's stream: something only who hears the stream can know.</summary>
    private bool CarriesOn(in PacketEvidence evidence, Instant now)
    {
        if (!evidence.IsRtp || !_hasEvidence || evidence.Ssrc != _ssrc)
        {
            return false;
        }

        int ahead = evidence.Sequence.DistanceFrom(_sequence);
        if (ahead is < 1 or > MaxSequenceAdvance)
        {
            return false;
        }

        long advance = (int)(evidence.Timestamp.Value - _timestamp.Value);
        long elapsedSeconds = (now - _heardAt).Ticks / TimeSpan.TicksPerSecond;
        return advance >= 0 && advance <= (elapsedSeconds + ClockSlackSeconds) * FastestClockHz;
    }

    private LatchVerdict OnAsymmetricPacket(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        if (!source.IsSameHost(Remote))
        {
            return LatchVerdict.Refused;
        }

        LatchVerdict verdict = IsLatched ? LatchVerdict.Accepted : LatchVerdict.Latched;
        _isResettling = false;
        Source = source;
        _rank = RankOf(source, evidence.IsRtp);
        Note(evidence, now);
        return verdict;
    }

    private void SettleOn(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        bool wasSilent = now - _heardAt >= Forgotten;
        _forgotten = wasSilent && source.IsSameHost(Source) ? Source : default;
        Source = source;
        Remote = source;
        _rank = rank;
        _isResettling = false;
        _challenger = default;
        _isHeardAgain = false;
        _hasEvidence = false;
        Note(evidence, now);
    }

    private LatchVerdict OnHeardAgain(in PacketEvidence evidence, Instant now)
    {
        if (_rank == SourceRank.StrangeDatagram && evidence.IsRtp)
        {
            _rank = SourceRank.Stranger;
        }

        bool returns = (_isResettling || Remote != Source) && ReturnsAfterSignalling(now);
        _isHeardAgain = true;
        Note(evidence, now);
        return returns ? LatchVerdict.Moved : LatchVerdict.Accepted;
    }

    /// <summary>
    /// The new address stayed silent while the old source went on for long: the description was not where the party is.
    /// True when packets for the party go back to where it is heard.
    /// </summary>
    private bool ReturnsAfterSignalling(Instant now)
    {
        if (now - _signalledAt < Settle)
        {
            return false;
        }

        _isResettling = false;
        bool goesOn = now - _heardAt < Alive; // one late packet is not going on
        if (Remote == Source || !goesOn)
        {
            return false;
        }

        Remote = Source;
        return true;
    }

    private void Note(in PacketEvidence evidence, Instant now)
    {
        _heardAt = now;
        if (!evidence.IsRtp)
        {
            return;
        }

        // Further back than reordering explains, the sequence was begun anew.
        if (!_hasEvidence
            || evidence.Ssrc != _ssrc
            || evidence.Sequence.DistanceFrom(_sequence) is > 0 or < -MaxSequenceAdvance)
        {
            _hasEvidence = true;
            _ssrc = evidence.Ssrc;
            _sequence = evidence.Sequence;
            _timestamp = evidence.Timestamp;
        }
    }

    private SourceRank RankOf(in Endpoint source, bool isRtp)
    {
        if (Signalled.IsKnown && source.IsSameHost(Signalled))
        {
            return source.Port == Signalled.Port ? SourceRank.Exact : SourceRank.SameHost;
        }

        return isRtp ? SourceRank.Stranger : SourceRank.StrangeDatagram;
    }
}
