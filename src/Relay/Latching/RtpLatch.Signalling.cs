using RtpProxy.Rtp;

namespace RtpProxy.Relay.Latching;

/// <content>What commands say of the party, and what its packets say of that afterwards.</content>
public sealed partial class RtpLatch
{
    /// <summary>Signalling gave an address. Returns false if it was known already and nothing changes.</summary>
    public bool OnSignalled(in Endpoint address, Instant now)
    {
        if (address == Signalled)
        {
            return false;
        }

        // A party heard elsewhere than signalled sits behind a NAT: its descriptions are not where it is.
        bool followsSignalling = !IsLatched || Remote == Signalled || IsAsymmetric;
        _state.Signalled = address;
        _state.Reach = HostReach.Of(address);
        _state.Challenger = default;
        _state.IsOnTrial = false;
        _state.Proofs = 0;
        if (IsLatched)
        {
            _state.Rank = RankOf(Source, isRtp: _state.Rank != SourceRank.StrangeDatagram);
            Suggest(Hint.NewAddress, now);
        }

        if (followsSignalling)
        {
            _state.Remote = address;
        }

        return true;
    }

    /// <summary>
    /// A command was about the party. One that gave no new address is a hint all the same: a repetition, a hold or a resume.
    /// </summary>
    public void OnMentioned(Instant now)
    {
        if (IsLatched && !IsUnsettled)
        {
            Suggest(_state.Hint > Hint.Repeated && IsHinted(now) ? _state.Hint : Hint.Repeated, now);
        }
    }

    /// <summary>
    /// The address signalled just now is another party's: what the source says proves nothing about that. True when packets
    /// go where was signalled because of it.
    /// </summary>
    public bool OnAnotherParty()
    {
        if (_state.Hint != Hint.NewAddress)
        {
            return false;
        }

        _state.Hint = Hint.AnotherParty;
        _state.Left = default;
        if (_state.Reach != Reach.Public || Remote == Signalled)
        {
            return false;
        }

        _state.Remote = Signalled;
        return true;
    }

    /// <summary>
    /// A packet for the party is about to be sent. When the old source has ended they go where was signalled, since a party may
    /// only listen there: packets that had gone back to that source for a moment because it went on, and those that went on
    /// to a NAT until the host behind it has said nothing for a while. True when they do from now on.
    /// </summary>
    public bool Lapses(Instant now)
    {
        TimeSpan silence = now - _state.WentOnAt;
        bool hasEnded = _state.IsOnTrial ? silence >= LatchTimes.Linger
            : IsUnheardElsewhere && silence >= LatchTimes.Settle && now - _state.HintAt >= LatchTimes.Settle;
        if (!hasEnded)
        {
            return false;
        }

        _state.IsOnTrial = false;
        _state.Proofs = 0;
        _state.Remote = Signalled;
        return true;
    }

    /// <summary>Packets still go where the party was, and another host that can be reached was signalled.</summary>
    private bool IsUnheardElsewhere =>
        IsUnsettled && Remote != Signalled && _state.Reach == Reach.Public && !Source.IsSameHost(Signalled);

    /// <summary>
    /// The old source is heard after a new address was signalled, and that was silent so far. True when it has proved the
    /// description wrong, so that packets for the party go back to it.
    /// </summary>
    private bool GoesOn(TimeSpan gap, Instant now)
    {
        bool isAlive = gap < LatchTimes.Alive; // one late packet is not going on
        _state.Proofs = (byte)(isAlive ? Math.Min(_state.Proofs + 1, byte.MaxValue) : 1);
        bool forLong = isAlive && now - _state.HintAt >= (_state.Hint == Hint.AnotherParty ? LatchTimes.Hint : LatchTimes.Settle);
        bool isProven = _state.Proofs >= LatchTimes.ProofPackets
            && (_state.Hint != Hint.AnotherParty || now - _state.HintAt >= LatchTimes.Linger);
        if (forLong)
        {
            _state.Hint = IsUnsettled ? Hint.Confirmed : _state.Hint;
            _state.IsOnTrial = false;
        }

        if (Remote == Source || !(forLong || isProven))
        {
            return false;
        }

        _state.Remote = Source;
        _state.IsOnTrial = !forLong && _state.Reach == Reach.Public;
        return true;
    }

    private Hint HintAfter(Move move, Instant now)
    {
        if (_state.Hint < Hint.Settled)
        {
            return _state.Hint;
        }

        return move == Move.CarriesOn && _state.Hint == Hint.AnotherParty ? _state.Hint // the old one roams; who answered is still to come
            : move != Move.Returns ? Hint.Settled
            : now - _state.HintAt < LatchTimes.Settle ? Hint.NewAddress // it was left too early; who is to come is still to come
            : Hint.Confirmed;
    }

    private void Suggest(Hint hint, Instant now)
    {
        _state.Hint = hint;
        _state.HintAt = now;
    }
}
