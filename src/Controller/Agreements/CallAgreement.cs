using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Agreements;

/// <summary>What the parties of one call have told each other of their media, as far as nodes were told.</summary>
/// <param name="key">The call's name on nodes.</param>
/// <param name="isComplete">The call was seen from its first offer on: a side that is not known here did not exist.</param>
/// <remarks>Owned by <see cref="AgreedMedia"/>, under its lock. Bounded, plain data.</remarks>
internal sealed class CallAgreement(string key, bool isComplete)
{
    private const int MaxLegs = 128;   // 16 media of two parties, and a few forks.
    private const int MaxOpenOffers = 8; // Two at most are legal (RFC 3264 section 4); the rest was forgotten by its senders.

    private readonly Dictionary<LegId, LegDescription> _legs = [];
    private readonly List<OpenOffer> _open = [];
    private bool _isComplete = isComplete;

    public string Key => key;

    public int LegCount => _legs.Count;

    /// <summary>A node was told something: remembers it, and what it replaced for as long as its offer is open.</summary>
    /// <param name="opens">False for an answer to an offer that is not open (any more).</param>
    public AgreedChange Note(TransactionId id, LegId leg, string? other, Command command, string relay, bool opens)
    {
        LegDescription? before = _legs.GetValueOrDefault(leg);
        var after = new LegDescription(command, relay, null);
        if (after.IsHold)
        {
            after = after with { BeforeHold = before is { IsHold: true } ? before.BeforeHold : before };
        }

        var change = new AgreedChange(leg, other, before, after);
        if (!after.IsWorthKeeping || (before is null && _legs.Count >= MaxLegs))
        {
            _legs.Remove(leg);
            _isComplete = false;
            return change;
        }

        _legs[leg] = after;
        OfferOf(id, opens)?.Add(change);
        return change;
    }

    public void Answered(TransactionId id, IReadOnlySet<int> accepted)
    {
        if (Find(id) is { } offer)
        {
            offer.Accepted = accepted;
        }
    }

    public bool HasOffer(TransactionId id) => Find(id) is not null;

    /// <summary>What a party has offered, as a node that knows nothing of the call must be told it.</summary>
    public IReadOnlyList<Command> OffersOf(string offerer, string answerer, IReadOnlySet<int> numbers) =>
    [
        .. from leg in _legs
           where leg.Key.Tag == offerer && numbers.Contains(leg.Key.Number) && leg.Value.Command is UpdateCommand
           orderby leg.Key.Number
           from command in leg.Value.Restoring(answerer, leg.Key.Number)
           select command,
    ];

    public void Move(string tag, IReadOnlySet<int> numbers, string relay)
    {
        foreach (LegId leg in _legs.Keys.Where(leg => leg.Tag == tag && numbers.Contains(leg.Number)).ToArray())
        {
            LegDescription moved = _legs[leg] with { Relay = relay };
            _open.ForEach(offer => offer.Replace(_legs[leg], moved));
            _legs[leg] = moved;
        }
    }

    /// <summary>
    /// The offer was accepted: it holds. Returns the commands that end media which it ended (port 0): a node would wait for
    /// packets of that, and report a timeout of a healthy call.
    /// </summary>
    public IReadOnlyList<RestoringCommand> Agree(TransactionId id)
    {
        if (Find(id) is not { } offer)
        {
            return [];
        }

        _open.Remove(offer);
        if (offer.Accepted is not { } accepted)
        {
            return [];
        }

        List<RestoringCommand> ends = [];
        foreach (IGrouping<int, LegId> medium in _legs.Keys.Where(leg => !accepted.Contains(leg.Number)).GroupBy(leg => leg.Number).ToArray())
        {
            LegId one = medium.First();
            string? other = medium.Select(leg => leg.Tag).FirstOrDefault(tag => tag != one.Tag);
            ends.Add(new RestoringCommand(EndOf(one, other), _legs[one].Relay));
            Forget(medium);
        }

        return ends;
    }

    /// <summary>The offer came to nothing: what it changed is as it was. Returns the commands that make it so on the node.</summary>
    public IReadOnlyList<RestoringCommand> TakeBack(TransactionId id)
    {
        if (Find(id) is not { } offer)
        {
            return [];
        }

        _open.Remove(offer);
        return Undo(offer.Changes);
    }

    /// <summary>Undoes single changes; those that something else has changed since stay.</summary>
    public IReadOnlyList<RestoringCommand> Undo(IReadOnlyList<AgreedChange> changes)
    {
        List<RestoringCommand> commands = [];
        AgreedChange[] standing = [.. changes.Where(change => ReferenceEquals(_legs.GetValueOrDefault(change.Leg), change.After))];
        foreach (AgreedChange change in standing)
        {
            _open.ForEach(offer => offer.Withdraw(change));
            string relay = change.After.Relay;
            if (change.Before is { } before && before.Relay == relay)
            {
                _legs[change.Leg] = before;
                commands.AddRange(before.Restoring(change.Other, change.Leg.Number).Select(command => new RestoringCommand(command, relay)));
            }
            else if (IsNewOn(relay, change.Leg.Number, standing) && (_isComplete || change.Before is not null))
            {
                commands.Add(new RestoringCommand(EndOf(change.Leg, change.Other), relay));
                Forget([.. _legs.Keys.Where(leg => leg.Number == change.Leg.Number)]);
            }
        }

        return commands;
    }

    /// <summary>Nothing of this medium was on the node before these changes.</summary>
    private bool IsNewOn(string relay, int number, AgreedChange[] changes) =>
        _legs.Any(leg => leg.Key.Number == number)
        && _legs.Where(leg => leg.Key.Number == number && leg.Value.Relay == relay).All(leg =>
            changes.Any(change => change.Leg == leg.Key && change.Before?.Relay != relay));

    private DeleteCommand EndOf(LegId leg, string? other) => new(
        key,
        MediaCommandBuilder.Numbered(leg.Tag, leg.Number),
        other is null ? null : MediaCommandBuilder.Numbered(other, leg.Number));

    private void Forget(IEnumerable<LegId> legs)
    {
        foreach (LegId leg in legs)
        {
            _legs.Remove(leg);
        }
    }

    private OpenOffer? Find(TransactionId id) => _open.Find(offer => offer.Id == id);

    private OpenOffer? OfferOf(TransactionId id, bool opens)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        if (!opens)
        {
            return null;
        }

        if (_open.Count == MaxOpenOffers)
        {
            _open.RemoveAt(0);
        }

        var offer = new OpenOffer(id);
        _open.Add(offer);
        return offer;
    }
}
