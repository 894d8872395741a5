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
/// Repeating a known address changes nothing, so a re-INVITE opens no window for intruders (CVE-2017-14114).
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
    /// How long, after a new address was signalled and with nothing heard, until a stranger may speak for the party; and
    /// how long an old source must go on until we believe it rather than the new address.
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
    private bool _isUnheardSinceSignalled;
    private bool _hasEvidence;
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
    public bool IsAsymmetric { get; set; }

    /// <summary>Signalling gave an address. Returns false if it was known already and nothing changes.</summary>
    public bool OnSignalled(in Endpoint address, Instant now)
    {
        if (address == Signalled)
        {
            return false;
        }

        bool wasWhereSignalled = _rank == SourceRank.Exact;
        _rankWhenSignalled = _rank;
        Signalled = address;
        _signalledAt = now;
        _isUnheardSinceSignalled = true;
        if (IsLatched)
        {
            _rank = RankOf(Source, isRtp: _rank != SourceRank.StrangeDatagram);
        }

        // A party heard elsewhere than signalled sits behind a NAT: its descriptions are not where it is.
        if (!IsLatched || wasWhereSignalled || IsAsymmetric)
        {
            Remote = address;
        }

        return true;
    }

    /// <summary>A datagram came in for the party.</summary>
    public LatchVerdict OnPacket(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        if (IsAsymmetric && (Signalled.IsKnown || IsLatched))
        {
            return OnAsymmetricPacket(source, evidence, now);
        }

        if (source == Source)
        {
            OnHeardAgain(evidence, now);
            return LatchVerdict.Accepted;
        }

        SourceRank rank = RankOf(source, evidence.IsRtp);
        if (!IsLatched)
        {
            SettleOn(source, rank, evidence, now);
            return LatchVerdict.Latched;
        }

        if (!MayMove(source, rank, evidence, now))
        {
            return LatchVerdict.Refused;
        }

        SettleOn(source, rank, evidence, now);
        return LatchVerdict.Moved;
    }

    private bool MayMove(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (rank > _rank)
        {
            return true;
        }

        TimeSpan silence = now - _heardAt;
        if (CarriesOn(evidence, now) && (rank == _rank || source.IsSameHost(Source) || silence >= Alive))
        {
            return true;
        }

        if (silence >= Forgotten && evidence.IsRtp && source.IsSameHost(Source))
        {
            return true;
        }

        if (!_isUnheardSinceSignalled || rank < _rank || !evidence.IsRtp)
        {
            return false;
        }

        return rank >= SourceRank.SameHost && rank >= _rankWhenSignalled
            ? silence >= Alive
            : silence >= Settle && now - _signalledAt >= Settle;
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
        if (!source.IsSameHost(Signalled.IsKnown ? Signalled : Source))
        {
            return LatchVerdict.Refused;
        }

        LatchVerdict verdict = IsLatched ? LatchVerdict.Accepted : LatchVerdict.Latched;
        Source = source;
        _rank = RankOf(source, evidence.IsRtp);
        Note(evidence, now);
        return verdict;
    }

    private void SettleOn(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        Source = source;
        Remote = source;
        _rank = rank;
        _hasEvidence = false;
        Note(evidence, now);
    }

    private void OnHeardAgain(in PacketEvidence evidence, Instant now)
    {
        if (_rank == SourceRank.StrangeDatagram && evidence.IsRtp)
        {
            _rank = SourceRank.Stranger;
        }

        // The new address stayed silent while the old source went on: the description was not where the party is.
        if (Remote != Source && now - _signalledAt >= Settle)
        {
            Remote = Source;
        }

        Note(evidence, now);
    }

    private void Note(in PacketEvidence evidence, Instant now)
    {
        _heardAt = now;
        _isUnheardSinceSignalled = false;
        if (!evidence.IsRtp)
        {
            return;
        }

        if (!_hasEvidence || evidence.Ssrc != _ssrc || evidence.Sequence.DistanceFrom(_sequence) > 0)
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
