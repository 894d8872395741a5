using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller.Agreements;

/// <summary>
/// What the parties of each call last agreed on, so that an offer which comes to nothing can be taken back
/// (<see cref="CallMedia.TakeBackAsync"/>). One of it may serve several <see cref="CallMedia"/>, one after the other: a
/// program that replaces its settings keeps it.
/// </summary>
/// <remarks>
/// Thread-safe. Bounded: beyond <see cref="MaxLegs"/> sides of media, those calls are forgotten that were spoken of
/// longest ago. A call that is not known here, because it began elsewhere or was forgotten, works as any other, but what
/// it offers in vain stays on the node until the next offer.
/// </remarks>
public sealed class AgreedMedia
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<CallAgreement>> _calls = [];
    private readonly LinkedList<CallAgreement> _oldestFirst = new();
    private int _legs;

    /// <summary>The most sides of media that are remembered; an ordinary call has two. Some 300 bytes each.</summary>
    public int MaxLegs
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "expected 0 or more");
    } = 131_072;

    /// <summary>Calls that are remembered now.</summary>
    public int CallCount
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count;
            }
        }
    }

    /// <summary>A node has carried out the commands of a message.</summary>
    /// <returns>What that changed, for <see cref="Undo"/>.</returns>
    internal IReadOnlyList<AgreedChange> Note(TransactionId id, MediaExchange exchange, IReadOnlyList<ToldMedium> told)
    {
        if (told.Count == 0 || exchange.Speaker is not { } speaker)
        {
            return [];
        }

        lock (_gate)
        {
            CallAgreement call = GetOrAdd(exchange.Call.Key, exchange.BeginsCall);
            int before = call.LegCount;
            AgreedChange[] changes =
            [
                .. told.Select(medium => call.Note(
                    id, new LegId(speaker, medium.Number), exchange.Listener, medium.Command, medium.Relay, opens: !exchange.IsAnswer)),
            ];
            _legs += call.LegCount - before;
            Shrink();
            return changes;
        }
    }

    /// <summary>A message answers an offer; it accepts these media.</summary>
    internal void Answered(string key, TransactionId id, IReadOnlySet<int> accepted)
    {
        lock (_gate)
        {
            Find(key)?.Answered(id, accepted);
        }
    }

    /// <summary>True when nodes were told of an offer that is neither accepted nor taken back yet.</summary>
    internal bool HasOffer(string key, TransactionId id)
    {
        lock (_gate)
        {
            return Find(key)?.HasOffer(id) == true;
        }
    }

    /// <summary>The offers of a party as a node that knows nothing of the call must be told them; empty for an unknown call.</summary>
    internal IReadOnlyList<Command> OffersOf(string key, string offerer, string answerer, IReadOnlySet<int> numbers)
    {
        lock (_gate)
        {
            return Find(key)?.OffersOf(offerer, answerer, numbers) ?? [];
        }
    }

    /// <summary>A party's sides of these media are on another node now.</summary>
    internal void Move(string key, string tag, IReadOnlySet<int> numbers, string relay)
    {
        lock (_gate)
        {
            Find(key)?.Move(tag, numbers, relay);
        }
    }

    internal IReadOnlyList<RestoringCommand> Agree(string key, TransactionId id) => Change(key, call => call.Agree(id));

    internal IReadOnlyList<RestoringCommand> TakeBack(string key, TransactionId id) => Change(key, call => call.TakeBack(id));

    internal IReadOnlyList<RestoringCommand> Undo(string key, IReadOnlyList<AgreedChange> changes) =>
        Change(key, call => call.Undo(changes));

    /// <summary>The call is over.</summary>
    internal void Forget(string key)
    {
        lock (_gate)
        {
            if (_calls.Remove(key, out LinkedListNode<CallAgreement>? call))
            {
                _legs -= call.Value.LegCount;
                _oldestFirst.Remove(call);
            }
        }
    }

    private IReadOnlyList<RestoringCommand> Change(string key, Func<CallAgreement, IReadOnlyList<RestoringCommand>> change)
    {
        lock (_gate)
        {
            if (Find(key) is not { } call)
            {
                return [];
            }

            int before = call.LegCount;
            IReadOnlyList<RestoringCommand> commands = change(call);
            _legs += call.LegCount - before;
            return commands;
        }
    }

    private CallAgreement? Find(string key) => _calls.GetValueOrDefault(key)?.Value;

    private CallAgreement GetOrAdd(string key, bool beginsCall)
    {
        if (_calls.TryGetValue(key, out LinkedListNode<CallAgreement>? known))
        {
            _oldestFirst.Remove(known);
            _oldestFirst.AddLast(known);
            return known.Value;
        }

        var call = new CallAgreement(key, beginsCall);
        _calls[key] = _oldestFirst.AddLast(call);
        return call;
    }

    private void Shrink()
    {
        while (_legs > MaxLegs && _oldestFirst.First is { } oldest)
        {
            Forget(oldest.Value.Key);
        }
    }
}
