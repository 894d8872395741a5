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
/// <para>Owned by one worker. All it knows is in <see cref="State"/>.</para>
/// </remarks>
public sealed partial class RtpLatch
{
    private RtpLatchState _state;

    /// <summary>What the party's last session description said; unknown when none had a usable address.</summary>
    public Endpoint Signalled => _state.Signalled;

    /// <summary>Where packets for the party are sent; unknown when nothing was signalled and nothing heard.</summary>
    public Endpoint Remote => _state.Remote;

    /// <summary>Where the party was last heard; unknown before.</summary>
    public Endpoint Source => _state.Source;

    /// <summary>True once the party has been heard.</summary>
    public bool IsLatched => Source.IsKnown;

    /// <summary>Where the party, or who was taken for it, was heard before.</summary>
    public Endpoint LeftSource => _state.Left.Source;

    /// <summary>The SSRC last heard from the party, null before the first RTP packet.</summary>
    public Ssrc? LastSsrc => Latest.IsKnown ? Latest.Ssrc : null;

    /// <summary>The highest sequence number heard of that SSRC, null before the first RTP packet.</summary>
    public SequenceNumber? LastSequence => Latest.IsKnown ? Latest.Sequence : null;

    /// <summary>What it knows, to be copied out and in.</summary>
    internal ref RtpLatchState State => ref _state;

    private ref readonly HeardStream Latest =>
        ref _state.Other.IsKnown && _state.Other.HeardAt > _state.Stream.HeardAt ? ref _state.Other : ref _state.Stream;

    /// <summary>
    /// The party sends from elsewhere than it receives at (RFC 4961 does not hold): only its host is checked, and
    /// packets never move it.
    /// </summary>
    public bool IsAsymmetric
    {
        get => _state.IsAsymmetric;
        set
        {
            _state.Proofs = _state.IsAsymmetric == value ? _state.Proofs : (byte)0;
            _state.IsAsymmetric = value;
            if (value && Source.IsSameHost(Signalled))
            {
                _state.Remote = Signalled; // what was learned before is where it sends from
            }
        }
    }

    /// <summary>
    /// Its controller lets another source take the party's place without a word of signalling, when the party has stopped: whoever
    /// that is.
    /// </summary>
    public bool AllowsHandover { get => _state.AllowsHandover; set => _state.AllowsHandover = value; }

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
            : _state.Stream.IsKnown && !evidence.IsRtp ? JudgeOtherMedia(source, rank, evidence, now)
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
            _state.Source = source;
            _state.Rank = RankOf(source, evidence.IsRtp);
            _state.Hint = IsUnsettled ? Hint.Settled : _state.Hint;
        }

        Note(evidence, now);
        return verdict;
    }

    private LatchVerdict OnHeardAgain(in PacketEvidence evidence, Instant now)
    {
        if (_state.Rank == SourceRank.StrangeDatagram && evidence.IsRtp)
        {
            _state.Rank = SourceRank.Stranger;
        }

        TimeSpan gap = now - _state.WentOnAt;
        if (!Note(evidence, now))
        {
            return LatchVerdict.Accepted;
        }

        bool returns = (Remote != Source || IsUnsettled) && GoesOn(gap, now);
        _state.IsHeardAgain = true;
        _state.HeardFor += gap < LatchTimes.Alive ? gap : gap / LatchTimes.PausesCount;
        return returns ? LatchVerdict.Moved : LatchVerdict.Accepted;
    }

    private LatchVerdict SettleOn(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Move move, Instant now)
    {
        bool wasStranger = move == Move.Better && !IsUnsettled && rank >= SourceRank.SameHost && !source.IsSameHost(Source);
        HeardStream returned = _state.Left.Stream;
        bool isProven = move is Move.CarriesOn or Move.Returns or Move.IsBack;
        _state.HeardFor = move is Move.Returns or Move.IsBack ? LatchTimes.Young
            : isProven || (move != Move.AnotherParty && source.IsSameHost(Source)) ? _state.HeardFor
            : default;
        if (move != Move.Displaces || source == _state.Left.Source)
        {
            // Who was before the one that had hardly spoken may still return.
            _state.Left = move is Move.First or Move.Returns or Move.IsBack or Move.Outlives or Move.Displaces
                ? default
                : new LeftSource(Source, _state.Stream, move, evidence.Sequence);
        }

        if (move != Move.CarriesOn)
        {
            _state.Stream = move == Move.Returns ? returned : default;
            _state.Other = default;
        }

        _state.Third = default;
        _state.Source = source;
        _state.Remote = source;
        _state.Rank = rank;
        _state.IsHeardAgain = isProven;
        _state.IsOnTrial = false;
        _state.Challenger = default;
        _state.Hint = HintAfter(move, now);
        Note(evidence, now);
        _state.WentOnAt = now;
        _state.UsualGap = default;
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

        _state.HeardAt = now;
        if (!evidence.IsRtp && !evidence.IsChatter)
        {
            _state.OtherMedia = evidence.Sequence;
        }

        if (!follows)
        {
            return false;
        }

        TimeSpan gap = now - _state.WentOnAt;
        var faded = new TimeSpan(_state.UsualGap.Ticks - (_state.UsualGap.Ticks >> 3)); // a pause is forgotten within some packets
        _state.UsualGap = gap >= LatchTimes.Alive || gap < faded ? faded : gap;
        _state.WentOnAt = now;
        _state.Challenger.Interrupt();
        _state.Left.Interrupt();
        return true;
    }

    private bool Follows(in PacketEvidence evidence)
    {
        if (evidence.IsChatter || !_state.Stream.IsKnown)
        {
            return !evidence.IsChatter;
        }

        return !evidence.IsRtp ? evidence.Sequence.DistanceFrom(_state.OtherMedia) is >= 1 and <= LatchTimes.MaxSequenceAdvance
            : evidence.Ssrc == _state.Stream.Ssrc ? _state.Stream.IsFollowedBy(evidence.Sequence)
            : (evidence.Ssrc == _state.Other.Ssrc && _state.Other.IsFollowedBy(evidence.Sequence))
                || (evidence.Ssrc == _state.Third.Ssrc && _state.Third.IsFollowedBy(evidence.Sequence));
    }

    private bool NoteStream(in PacketEvidence evidence, Instant now)
    {
        if (!_state.Stream.IsKnown)
        {
            _state.Stream = HeardStream.Begin(evidence, now);
        }
        else if (evidence.Ssrc == _state.Stream.Ssrc)
        {
            _state.Stream.GoOn(evidence, now);
            _state.Other.BeginAgeAnew(now);
            _state.IsOtherBeside = _state.Other.IsKnown;
        }
        else if (_state.Other.IsKnown && evidence.Ssrc == _state.Other.Ssrc)
        {
            _state.Other.GoOn(evidence, now);
            return OtherCounts(now);
        }
        else if (_state.Third.IsKnown && evidence.Ssrc == _state.Third.Ssrc)
        {
            _state.Other = _state.Third;
            _state.Other.GoOn(evidence, now);
            _state.Third = default;
            _state.IsOtherBeside = false;
        }
        else if (_state.Other.IsKnown && _state.Other.Age > TimeSpan.Zero && now - _state.Other.HeardAt < LatchTimes.Alive)
        {
            _state.Third = HeardStream.Begin(evidence, now); // one that goes on does not give way to each that comes once
        }
        else
        {
            _state.Other = HeardStream.Begin(evidence, now);
            _state.IsOtherBeside = false;
        }

        return true;
    }

    /// <summary>Whether the other SSRC is the party's now, and not one that somebody sends in its name.</summary>
    private bool OtherCounts(Instant now)
    {
        if (now - _state.Stream.HeardAt >= LatchTimes.Lately && _state.Other.Age >= LatchTimes.Lately)
        {
            _state.Stream = _state.Other;
            _state.Other = default;
            return true;
        }

        return !_state.IsOtherBeside || now - _state.Stream.HeardAt >= LatchTimes.Settle;
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
