using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>The requests under way, by what their repetitions look like and by our own branch.</summary>
/// <remarks>Thread-safe by one lock. Bounded in number and so in bytes; each entry ends by its own timers.</remarks>
/// <param name="capacity">How many requests fit; a large one counts for several.</param>
/// <param name="capacityOfOne">How many of one user or address.</param>
internal sealed class TransactionTable(int capacity, int capacityOfOne)
{
    // An INVITE with SDP and certificates of identity is smaller. Of a request five bytes are kept for each of its own:
    // two texts of two bytes a character, as it came and as it left, and what left; of a response three.
    private const int BytesOfOne = 16_384;
    private const int CostOfRequest = 5;
    private const int CostOfResponse = 3;

    // INVITEs that nothing has come back for yet, of senders that may be anybody: each may hold sessions on a relay as well.
    private const int MaxUnanswered = 1_024;
    private const int MaxUnansweredOfOne = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<TransactionKey, ProxyTransaction> _byKey = [];
    private readonly Dictionary<string, ProxyTransaction> _byBranch = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _unansweredByOwner = new(StringComparer.Ordinal);
    private int _unanswered;
    private int _weight;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byKey.Count;
            }
        }
    }

    /// <summary>The transaction of a key, made now if there is none.</summary>
    /// <param name="sender">On whose account it goes; trusted servers have none.</param>
    /// <param name="length">Length of the request in bytes.</param>
    /// <param name="isNew">True when it was made now.</param>
    /// <returns>Null when it would be one too many.</returns>
    public ProxyTransaction? GetOrAdd(TransactionKey key, Sender sender, int length, Func<ProxyTransaction> make, out bool isNew)
    {
        lock (_gate)
        {
            isNew = !_byKey.TryGetValue(key, out ProxyTransaction? transaction);
            if (!isNew || !TryCharge(sender, WeightOf(length)))
            {
                return transaction;
            }

            transaction = make();
            if (MayBeAnybodys(key, sender))
            {
                transaction.IsUnanswered = true;
                CountUnanswered(sender, 1);
            }

            _byKey[key] = transaction;
            _byBranch[transaction.Branch] = transaction;
            return transaction;
        }
    }

    /// <summary>Whether one more INVITE of a sender finds room among those that nobody has answered.</summary>
    public bool HasRoomFor(TransactionKey key, Sender sender)
    {
        lock (_gate)
        {
            return !MayBeAnybodys(key, sender)
                || (_unanswered < MaxUnanswered && _unansweredByOwner.GetValueOrDefault(sender.Owner) < MaxUnansweredOfOne);
        }
    }

    /// <summary>Something has come back: the other side is there.</summary>
    public void OnAnswered(ProxyTransaction transaction)
    {
        lock (_gate)
        {
            Settle(transaction);
        }
    }

    /// <summary>Whether there is room to keep a response of so many bytes in place of the one before.</summary>
    public bool TryHold(ProxyTransaction transaction, int length)
    {
        int held = CostOfResponse * length / BytesOfOne;
        lock (_gate)
        {
            if (!_byKey.ContainsKey(transaction.Key) || !TryCharge(transaction.Sender, held - transaction.HeldWeight))
            {
                return false;
            }

            transaction.HeldWeight = held;
            return true;
        }
    }

    public ProxyTransaction? Find(TransactionKey key)
    {
        lock (_gate)
        {
            return _byKey.GetValueOrDefault(key);
        }
    }

    public ProxyTransaction? FindByBranch(string branch)
    {
        lock (_gate)
        {
            return _byBranch.GetValueOrDefault(branch);
        }
    }

    public void Remove(ProxyTransaction transaction)
    {
        lock (_gate)
        {
            if (_byKey.Remove(transaction.Key))
            {
                Discharge(transaction.Sender, WeightOf(transaction.Request.Text.Length) + transaction.HeldWeight);
                Settle(transaction);
            }

            _byBranch.Remove(transaction.Branch);
        }

        transaction.Dispose();
    }

    public void Clear()
    {
        ProxyTransaction[] all;
        lock (_gate)
        {
            all = [.. _byKey.Values];
        }

        foreach (ProxyTransaction transaction in all)
        {
            Remove(transaction);
        }
    }

    private static bool MayBeAnybodys(TransactionKey key, Sender sender) => key.Method == "INVITE" && !sender.IsProven;

    private void Settle(ProxyTransaction transaction)
    {
        if (transaction.IsUnanswered)
        {
            transaction.IsUnanswered = false;
            CountUnanswered(transaction.Sender, -1);
        }
    }

    private void CountUnanswered(Sender sender, int more)
    {
        _unanswered += more;
        if ((_unansweredByOwner[sender.Owner] = _unansweredByOwner.GetValueOrDefault(sender.Owner) + more) == 0)
        {
            _unansweredByOwner.Remove(sender.Owner);
        }
    }

    private static int WeightOf(int length) => 1 + (CostOfRequest * length / BytesOfOne);

    private bool TryCharge(Sender sender, int weight)
    {
        int ofOwner = _byOwner.GetValueOrDefault(sender.Owner);
        if (weight > 0 && (_weight + weight > capacity || (!sender.IsTrusted && ofOwner + weight > capacityOfOne)))
        {
            return false;
        }

        Discharge(sender, -weight);
        return true;
    }

    private void Discharge(Sender sender, int weight)
    {
        _weight -= weight;
        if ((_byOwner[sender.Owner] = _byOwner.GetValueOrDefault(sender.Owner) - weight) == 0)
        {
            _byOwner.Remove(sender.Owner);
        }
    }
}
