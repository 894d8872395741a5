using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <content>Who may be the party instead of the present source, and how much it must show for that.</content>
public sealed partial class RtpLatch
{
    /// <summary>Nothing has shown yet where the party is, since a new address was signalled.</summary>
    private bool IsUnsettled => _state.Hint >= Hint.NewAddress;

    /// <summary>The source is thought to have stopped, by its own packet interval.</summary>
    private TimeSpan Missed
    {
        get
        {
            TimeSpan packets = _state.UsualGap * 2.5; // two are missing
            return packets < LatchTimes.Jitter ? LatchTimes.Jitter
                : packets > LatchTimes.Alive ? LatchTimes.Alive
                : packets;
        }
    }

    private TimeSpan Paused => Missed > LatchTimes.Pause ? Missed : LatchTimes.Pause;

    private Move JudgeFirst(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (rank >= SourceRank.SameHost || MayBeAt(source))
        {
            return Move.First;
        }

        return !evidence.IsChatter && _state.Challenger.Hear(source, Claim.Nobody, evidence, now) && HasWaited(now)
            ? Move.First
            : Move.No;
    }

    private Move Judge(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (IsBetterPlaced(source, rank, evidence, now))
        {
            return Move.Better;
        }

        if (CarriesOn(source, evidence, now))
        {
            return Move.CarriesOn;
        }

        if (source == _state.Left.Source && Returns(source, rank, evidence, now))
        {
            return Move.Returns;
        }

        if (now - _state.HeardAt >= LatchTimes.Forgotten && source.IsSameHost(Source))
        {
            return Move.AfterSilence;
        }

        bool lingers = source == _state.Left.Source && _state.Left.IsItsStream(evidence);
        return lingers || evidence.IsChatter ? Move.No : JudgeNewcomer(source, rank, evidence, now);
    }

    /// <summary>It is nearer to what was signalled, which is enough against a stranger.</summary>
    private bool IsBetterPlaced(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (rank <= _state.Rank)
        {
            return false;
        }

        bool isOnHost = source.IsSameHost(Source);
        if (rank == SourceRank.Stranger)
        {
            // One who speaks RTP against one who does not: that may be junk, or a fax.
            return isOnHost || (MayBeAt(source) && (!_state.IsHeardAgain || now - _state.HeardAt >= LatchTimes.Settle));
        }

        if (IsLeftOver(source, evidence))
        {
            bool isStill = IsUnsettled || now - _state.WentOnAt >= LatchTimes.Alive;
            return isStill || (_state.Challenger.Hear(source, Claim.Stream, evidence, now) && _state.Challenger.KeepsUp);
        }

        if (!isOnHost || !_state.Stream.IsKnown || _state.Stream.Age < LatchTimes.Young || IsUnsettled || now - _state.WentOnAt >= Missed
            || _state.Stream.IsCarriedOnBy(evidence, now))
        {
            return true;
        }

        // Two ports of one host at once: no phone does that. A few packets with the better address may be forged.
        return _state.Challenger.Hear(source, Claim.Stream, evidence, now) && _state.Challenger.KeepsUp;
    }

    /// <summary>It comes from where the party left, but is not what the party sent there: an old socket, or forged.</summary>
    private bool IsLeftOver(in Endpoint source, in PacketEvidence evidence) =>
        source == _state.Left.Source && !_state.Left.IsItsStream(evidence)
        && _state.Left.Why is Move.CarriesOn or Move.GoesOn or Move.GoesOnAnew;

    /// <summary>
    /// It carries the stream on: at once on the same host. On another one who listens on the way could, so the source must
    /// have stopped; and who can forge addresses could have begun a stream for that, so it must not be young.
    /// </summary>
    private bool CarriesOn(in Endpoint source, in PacketEvidence evidence, Instant now)
    {
        if (source.IsSameHost(Source))
        {
            return _state.Stream.IsCarriedOnBy(evidence, now) || _state.Other.IsCarriedOnBy(evidence, now);
        }

        if (_state.Stream.Age < LatchTimes.Young || !_state.Stream.IsCarriedOnBy(evidence, now))
        {
            return false;
        }

        TimeSpan silence = now - _state.WentOnAt;
        return silence >= LatchTimes.Alive
            || (_state.Challenger.Hear(source, Claim.Stream, evidence, now)
                && _state.Challenger.Row >= LatchTimes.HostPackets && silence >= Missed);
    }

    private bool Returns(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        TimeSpan silence = now - _state.WentOnAt;
        bool isYoung = _state.Stream.Age < LatchTimes.Young;
        int packets = 1;
        if (rank < _state.Rank)
        {
            // One that was heard for long is not muted for good by packets that name a better address: they may be forged.
            bool mayReturn = source.IsSameHost(Source) || (isYoung && _state.Left.Stream.Age >= LatchTimes.Old);
            packets = mayReturn && silence >= LatchTimes.Settle ? LatchTimes.ManyPackets : 0;
            if (isYoung && source.IsSameHost(Source))
            {
                packets = silence >= Paused ? 1 : LatchTimes.HostPackets;
            }
        }

        if (!_state.Stream.IsKnown && packets > 0)
        {
            packets = LatchTimes.VoiceAgainPackets; // a fax has begun; the voice may linger
        }

        return _state.Left.Returns(evidence, packets, now);
    }

    private Move JudgeNewcomer(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        switch (ClaimOf(source, rank, evidence, now))
        {
            case Claim.Host when _state.Challenger.Hear(source, Claim.Host, evidence, now):
                return JudgeOnHost(source, rank, now);
            case Claim.Nobody when _state.Challenger.Hear(source, Claim.Nobody, evidence, now):
                return JudgeStranger(source, rank, now);
            default:
                return Move.No;
        }
    }

    private Claim ClaimOf(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        bool isOnHost = source.IsSameHost(Source);
        bool isHinted = IsHinted(now) && (isOnHost || rank >= SourceRank.SameHost);
        bool isYoung = isOnHost && (_state.Stream.IsKnown ? _state.Stream.Age < LatchTimes.Young : evidence.IsRtp);
        if (isHinted || isYoung || IsBackOnLeftHost(source, now))
        {
            return Claim.Host;
        }

        // Who has the SSRC and does not carry on has heard it elsewhere, and replays or guesses.
        bool isCopy = evidence.IsRtp && _state.Stream.IsKnown && evidence.Ssrc == _state.Stream.Ssrc;
        bool mayFollow = AllowsHandover && evidence.IsRtp;
        bool mayBeIt = rank >= _state.Rank && (IsUnsettled || !_state.IsHeardAgain || IsRival(source));
        return !isCopy && (mayFollow || mayBeIt) ? Claim.Nobody : Claim.None;
    }

    /// <summary>As far as signalling goes it is as good as the source: both may be the party, seen at its NAT.</summary>
    private bool IsRival(in Endpoint source) => _state.Rank <= SourceRank.Stranger && MayBeAt(source);

    /// <summary>It is on the host that was heard before somebody else was believed to be the party: that one was not.</summary>
    private bool IsBackOnLeftHost(in Endpoint source, Instant now) =>
        _state.Left.Why == Move.GoesOnElsewhere && IsHinted(now) && source.IsSameHost(_state.Left.Source);

    private Move JudgeOnHost(in Endpoint source, SourceRank rank, Instant now)
    {
        TimeSpan silence = now - _state.WentOnAt;
        if (IsUnsettled && rank >= SourceRank.SameHost)
        {
            _state.Proofs = 0; // who was signalled speaks: that the old source does too is no proof
        }

        if (_state.Hint == Hint.AnotherParty && rank >= SourceRank.SameHost && _state.Challenger.Count >= LatchTimes.StrangerPackets)
        {
            return Move.AnotherParty;
        }

        if (IsBackOnLeftHost(source, now) && _state.Challenger.Count >= LatchTimes.HostPackets)
        {
            return Move.IsBack;
        }

        bool isLate = IsUnsettled && silence >= LatchTimes.Settle && now - _state.HintAt >= LatchTimes.Settle;
        int wanted = isLate ? 1 : IsHinted(now) ? LatchTimes.HostPackets : LatchTimes.StrangerPackets;
        TimeSpan pause = IsHinted(now) ? Paused : LatchTimes.Alive;
        return _state.Challenger.Row < wanted || silence < pause ? Move.No
            : _state.Hint == Hint.AnotherParty ? Move.AnotherParty
            : IsUnsettled ? Move.GoesOnAnew
            : Move.GoesOn;
    }

    private Move JudgeStranger(in Endpoint source, SourceRank rank, Instant now)
    {
        if (!_state.IsHeardAgain && now - _state.Challenger.Since >= LatchTimes.Settle && (rank > SourceRank.Stranger || MayBeAt(source)))
        {
            return Move.Outlives; // the source was one datagram; it may have come from a call that used our port before
        }

        if (AllowsHandover && now - _state.HeardAt >= LatchTimes.Settle && _state.Challenger.Row >= LatchTimes.StrangerPackets)
        {
            return Move.GoesOnElsewhere; // what it left behind may return, at once where it was signalled
        }

        if (!IsUnsettled)
        {
            return IsRival(source) ? JudgeRival(now) : Move.No;
        }

        TimeSpan silence = now - _state.WentOnAt;
        if (!MayBeAt(source))
        {
            return silence >= LatchTimes.Patience && HasWaited(now) ? Move.GoesOnElsewhere : Move.No;
        }

        return _state.Challenger.Row < LatchTimes.StrangerPackets || silence < Paused ? Move.No
            : _state.Hint == Hint.AnotherParty ? Move.AnotherParty
            : Move.GoesOnElsewhere;
    }

    /// <summary>
    /// Who came first, where nobody can tell, has the place as long as it goes on. One that has hardly spoken loses it with a
    /// pause, which a scanner makes; one that has spoken keeps it through the pauses of speech, and for longer when it has
    /// been the party for long, since that may be on hold.
    /// </summary>
    private Move JudgeRival(Instant now)
    {
        TimeSpan silence = now - _state.HeardAt;
        if (_state.HeardFor < LatchTimes.Young)
        {
            return _state.Challenger.Row >= LatchTimes.StrangerPackets && silence >= Paused ? Move.Displaces : Move.No;
        }

        TimeSpan patience = _state.HeardFor < LatchTimes.Old ? LatchTimes.Patience : LatchTimes.Lately;
        bool hasGoneOn = now - _state.Challenger.Since >= patience && _state.Challenger.Count >= LatchTimes.ManyPackets;
        return hasGoneOn && silence >= patience ? Move.GoesOnElsewhere : Move.No;
    }

    /// <summary>
    /// T.38 after voice: only a new description lets it in elsewhere than the voice came from, at once at the very address that
    /// it shows.
    /// </summary>
    private Move JudgeOtherMedia(in Endpoint source, SourceRank rank, in PacketEvidence evidence, Instant now)
    {
        if (evidence.IsChatter || _state.Hint <= Hint.Repeated || !IsHinted(now))
        {
            return Move.No;
        }

        if (rank == SourceRank.Exact && _state.Hint != Hint.Settled)
        {
            return Move.Better;
        }

        bool isOnHost = rank >= SourceRank.SameHost || source.IsSameHost(Source);
        if (!isOnHost || !_state.Challenger.Hear(source, Claim.Host, evidence, now))
        {
            return Move.No;
        }

        return JudgeOnHost(source, rank, now);
    }

    /// <summary>A command explains a change now.</summary>
    private bool IsHinted(Instant now) => _state.Hint != Hint.None && (IsUnsettled || now - _state.HintAt < LatchTimes.Hint);

    /// <summary>Whether the party can be there by what was signalled: not where that names a host that we can reach ourselves.</summary>
    private bool MayBeAt(in Endpoint source) => HostReach.MayBeSeenAt(Signalled, _state.Reach, source);

    /// <summary>The challenger has gone on for so long that the host that was signalled had its time.</summary>
    private bool HasWaited(Instant now) =>
        now - _state.Challenger.Since >= LatchTimes.Patience && _state.Challenger.Count >= LatchTimes.ManyPackets;
}
