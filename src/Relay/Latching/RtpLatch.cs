using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <summary>
/// Decides whose packets an RTP port takes and where those for its party go (RFC 7362): the signalled address before
/// anything was heard, then the source that proved best.
/// </summary>
/// <remarks>
/// <para>
/// What comes after a command outweighs what the command said. A command is a hint that something changes, for the host that
/// was heard or signalled, and never for a third one, unless the address it shows is private: then the party may be anywhere.
/// Who speaks beside a party that is alive is refused, whatever it knows. Media rules, section 2; docs/security.md has what
/// follows for attackers and honest parties.
/// </para>
/// <para>Owned by one worker. Plain data: it can be written out and read back.</para>
/// </remarks>
public sealed partial class RtpLatch
{
    private SourceRank _rank;
    private Reach _reach; // of the signalled address
    private Instant _heardAt;
    private Instant _wentOnAt; // when what the source sends followed on last: neither keepalives nor numbers out of nowhere do
    private SequenceNumber _otherMedia; // the last number of what is not RTP, as UDPTL has them
    private TimeSpan _usualGap; // between packets of the source, lately
    private HeardStream _stream; // what the source speaks: gives rights elsewhere
    private HeardStream _other; // another SSRC from the same source: gives none yet
    private HeardStream _third; // an SSRC that came once while the other goes on
    private bool _isOtherBeside; // the two were heard in turn
    private bool _isHeardAgain; // more than one datagram came from the source, not counting those that are no media
    private TimeSpan _heardFor; // how long the source, or its host, has gone on; of its pauses a tenth
    private bool _isOnTrial; // packets went back to the source, which has not gone on for long yet
    private byte _proofs; // packets without a pause from the source since the last new address
    private Hint _hint;
    private Instant _hintAt;
    private LeftSource _left;
    private Challenger _challenger;

    /// <summary>What the party's last session description said; unknown when none had a usable address.</summary>
    public Endpoint Signalled { get; private set; }

    /// <summary>Where packets for the party are sent; unknown when nothing was signalled and nothing heard.</summary>
    public Endpoint Remote { get; private set; }

    /// <summary>Where the party was last heard; unknown before.</summary>
    public Endpoint Source { get; private set; }

    /// <summary>True once the party has been heard.</summary>
    public bool IsLatched => Source.IsKnown;

    /// <summary>Where the party, or who was taken for it, was heard before.</summary>
    public Endpoint LeftSource => _left.Source;

    /// <summary>The SSRC last heard from the party, null before the first RTP packet.</summary>
    public Ssrc? LastSsrc => Latest.IsKnown ? Latest.Ssrc : null;

    /// <summary>The highest sequence number heard of that SSRC, null before the first RTP packet.</summary>
    public SequenceNumber? LastSequence => Latest.IsKnown ? Latest.Sequence : null;

    private HeardStream Latest => _other.IsKnown && _other.HeardAt > _stream.HeardAt ? _other : _stream;

    /// <summary>
    /// The party sends from elsewhere than it receives at (RFC 4961 does not hold): only its host is checked, and
    /// packets never move it.
    /// </summary>
    public bool IsAsymmetric
    {
        get;
        set
        {
            _proofs = field == value ? _proofs : (byte)0;
            field = value;
            if (value && Source.IsSameHost(Signalled))
            {
                Remote = Signalled; // what was learned before is where it sends from
            }
        }
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
        Move move = !IsLatched ? JudgeFirst(source, rank, evidence, now)
            : _stream.IsKnown && !evidence.IsRtp ? JudgeOtherMedia(source, rank, evidence, now)
            : Judge(source, rank, evidence, now);
        return move == Move.No ? LatchVerdict.Refused : SettleOn(source, rank, evidence, move, now);
    }

    private LatchVerdict OnAsymmetricPacket(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        // The old source is heard until the new host is: a description may be wrong.
        bool isOnHost = source.IsSameHost(Remote);
        if (!isOnHost && source != Source)
        {
            return LatchVerdict.Refused;
        }

        LatchVerdict verdict = IsLatched ? LatchVerdict.Accepted : LatchVerdict.Latched;
        if (isOnHost)
        {
            Source = source;
            _rank = RankOf(source, evidence.IsRtp);
            _hint = IsUnsettled ? Hint.Settled : _hint;
        }

        Note(evidence, now);
        return verdict;
    }

    private LatchVerdict OnHeardAgain(in PacketEvidence evidence, Instant now)
    {
        if (_rank == SourceRank.StrangeDatagram && evidence.IsRtp)
        {
            _rank = SourceRank.Stranger;
        }

        TimeSpan gap = now - _wentOnAt;
        if (!Note(evidence, now))
        {
            return LatchVerdict.Accepted;
        }

        bool returns = (Remote != Source || IsUnsettled) && GoesOn(gap, now);
        _isHeardAgain = true;
        _heardFor += gap < LatchTimes.Alive ? gap : gap / LatchTimes.PausesCount;
        return returns ? LatchVerdict.Moved : LatchVerdict.Accepted;
    }

    private LatchVerdict SettleOn(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Move move, Instant now)
    {
        bool wasStranger = move == Move.Better && !IsUnsettled && rank >= SourceRank.SameHost && !source.IsSameHost(Source);
        HeardStream returned = _left.Stream;
        bool isProven = move is Move.CarriesOn or Move.Returns or Move.IsBack;
        _heardFor = move is Move.Returns or Move.IsBack ? LatchTimes.Young
            : isProven || (move != Move.AnotherParty && source.IsSameHost(Source)) ? _heardFor
            : default;
        if (move != Move.Displaces || source == _left.Source) // who was before the one that had hardly spoken may still return
        {
            _left = move is Move.First or Move.Returns or Move.IsBack or Move.Outlives or Move.Displaces
                ? default
                : new LeftSource(Source, _stream, move, evidence.Sequence);
        }

        if (move != Move.CarriesOn)
        {
            _stream = move == Move.Returns ? returned : default;
            _other = default;
        }

        _third = default;
        Source = source;
        Remote = source;
        _rank = rank;
        _isHeardAgain = isProven;
        _isOnTrial = false;
        _challenger = default;
        _hint = HintAfter(move, now);
        Note(evidence, now);
        _wentOnAt = now;
        _usualGap = default;
        return move == Move.First ? LatchVerdict.Latched : wasStranger ? LatchVerdict.Recovered : LatchVerdict.Moved;
    }

    /// <summary>
    /// The party was heard. False for what does not show that it goes on: an SSRC that is heard beside its own or for the first
    /// time, keepalives, numbers that do not follow.
    /// </summary>
    private bool Note(in PacketEvidence evidence, Instant now)
    {
        bool follows = Follows(evidence);
        if (evidence.IsRtp && !NoteStream(evidence, now))
        {
            return false;
        }

        _heardAt = now;
        if (!evidence.IsRtp && !evidence.IsChatter)
        {
            _otherMedia = evidence.Sequence;
        }

        if (!follows)
        {
            return false;
        }

        TimeSpan gap = now - _wentOnAt;
        var faded = new TimeSpan(_usualGap.Ticks - (_usualGap.Ticks >> 3)); // a pause is forgotten within some packets
        _usualGap = gap >= LatchTimes.Alive || gap < faded ? faded : gap;
        _wentOnAt = now;
        _challenger.Interrupt();
        _left.Interrupt();
        return true;
    }

    private bool Follows(in PacketEvidence evidence)
    {
        if (evidence.IsChatter || !_stream.IsKnown)
        {
            return !evidence.IsChatter;
        }

        return !evidence.IsRtp ? evidence.Sequence.DistanceFrom(_otherMedia) is >= 1 and <= LatchTimes.MaxSequenceAdvance
            : evidence.Ssrc == _stream.Ssrc ? _stream.IsFollowedBy(evidence.Sequence)
            : (evidence.Ssrc == _other.Ssrc && _other.IsFollowedBy(evidence.Sequence))
                || (evidence.Ssrc == _third.Ssrc && _third.IsFollowedBy(evidence.Sequence));
    }

    private bool NoteStream(in PacketEvidence evidence, Instant now)
    {
        if (!_stream.IsKnown)
        {
            _stream = HeardStream.Begin(evidence, now);
        }
        else if (evidence.Ssrc == _stream.Ssrc)
        {
            _stream.GoOn(evidence, now);
            _other.BeginAgeAnew(now);
            _isOtherBeside = _other.IsKnown;
        }
        else if (_other.IsKnown && evidence.Ssrc == _other.Ssrc)
        {
            _other.GoOn(evidence, now);
            return OtherCounts(now);
        }
        else if (_third.IsKnown && evidence.Ssrc == _third.Ssrc)
        {
            _other = _third;
            _other.GoOn(evidence, now);
            _third = default;
            _isOtherBeside = false;
        }
        else if (_other.IsKnown && _other.Age > TimeSpan.Zero && now - _other.HeardAt < LatchTimes.Alive)
        {
            _third = HeardStream.Begin(evidence, now); // one that goes on does not give way to each that comes once
        }
        else
        {
            _other = HeardStream.Begin(evidence, now);
            _isOtherBeside = false;
        }

        return true;
    }

    /// <summary>Whether the other SSRC is the party's now, and not one that somebody sends in its name.</summary>
    private bool OtherCounts(Instant now)
    {
        if (now - _stream.HeardAt >= LatchTimes.Lately && _other.Age >= LatchTimes.Lately)
        {
            _stream = _other;
            _other = default;
            return true;
        }

        return !_isOtherBeside || now - _stream.HeardAt >= LatchTimes.Settle;
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
