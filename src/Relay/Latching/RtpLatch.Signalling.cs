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
        Signalled = address;
        _reach = HostReach.Of(address);
        _challenger = default;
        _isOnTrial = false;
        _proofs = 0;
        if (IsLatched)
        {
            _rank = RankOf(Source, isRtp: _rank != SourceRank.StrangeDatagram);
            Suggest(Hint.NewAddress, now);
        }

        if (followsSignalling)
        {
            Remote = address;
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
            Suggest(_hint > Hint.Repeated && IsHinted(now) ? _hint : Hint.Repeated, now);
        }
    }

    /// <summary>
    /// The address signalled just now is another party's: what the source says proves nothing about that. True when packets
    /// go where was signalled because of it.
    /// </summary>
    public bool OnAnotherParty()
    {
        if (_hint != Hint.NewAddress)
        {
            return false;
        }

        _hint = Hint.AnotherParty;
        _left = default;
        if (_reach != Reach.Public || Remote == Signalled)
        {
            return false;
        }

        Remote = Signalled;
        return true;
    }

    /// <summary>
    /// A packet for the party is about to be sent. When the old source has ended they go where was signalled, since a party may
    /// only listen there: packets that had gone back to that source for a moment because it went on, and those that went on
    /// to a NAT until the host behind it has said nothing for a while. True when they do from now on.
    /// </summary>
    public bool Lapses(Instant now)
    {
        TimeSpan silence = now - _wentOnAt;
        bool hasEnded = _isOnTrial ? silence >= LatchTimes.Linger
            : IsUnheardElsewhere && silence >= LatchTimes.Settle && now - _hintAt >= LatchTimes.Settle;
        if (!hasEnded)
        {
            return false;
        }

        _isOnTrial = false;
        _proofs = 0;
        Remote = Signalled;
        return true;
    }

    /// <summary>Packets still go where the party was, and another host that can be reached was signalled.</summary>
    private bool IsUnheardElsewhere =>
        IsUnsettled && Remote != Signalled && _reach == Reach.Public && !Source.IsSameHost(Signalled);

    /// <summary>
    /// The old source is heard after a new address was signalled, and that was silent so far. True when it has proved the
    /// description wrong, so that packets for the party go back to it.
    /// </summary>
    private bool GoesOn(TimeSpan gap, Instant now)
    {
        bool isAlive = gap < LatchTimes.Alive; // one late packet is not going on
        _proofs = (byte)(isAlive ? Math.Min(_proofs + 1, byte.MaxValue) : 1);
        bool forLong = isAlive && now - _hintAt >= (_hint == Hint.AnotherParty ? LatchTimes.Hint : LatchTimes.Settle);
        bool isProven = _proofs >= LatchTimes.ProofPackets
            && (_hint != Hint.AnotherParty || now - _hintAt >= LatchTimes.Linger);
        if (forLong)
        {
            _hint = IsUnsettled ? Hint.Confirmed : _hint;
            _isOnTrial = false;
        }

        if (Remote == Source || !(forLong || isProven))
        {
            return false;
        }

        Remote = Source;
        _isOnTrial = !forLong && _reach == Reach.Public;
        return true;
    }

    private Hint HintAfter(Move move, Instant now)
    {
        if (_hint < Hint.Settled)
        {
            return _hint;
        }

        return move == Move.CarriesOn && _hint == Hint.AnotherParty ? _hint // the old one roams; who answered is still to come
            : move != Move.Returns ? Hint.Settled
            : now - _hintAt < LatchTimes.Settle ? Hint.NewAddress // it was left too early; who is to come is still to come
            : Hint.Confirmed;
    }

    private void Suggest(Hint hint, Instant now)
    {
        _hint = hint;
        _hintAt = now;
    }
}
