using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>The requests under way, by what their repetitions look like and by our own branch.</summary>
/// <remarks>Thread-safe by one lock. Bounded in number and so in bytes; each entry ends by its own timers.</remarks>
/// <param name="capacity">How many requests fit; a large one counts for several.</param>
/// <param name="capacityOfOne">How many of one user or address.</param>
internal sealed class TransactionTable(int capacity, int capacityOfOne)
{
    private const int BytesOfOne = 4_096; // An INVITE with SDP and certificates of identity is smaller.

    private readonly Lock _gate = new();
    private readonly Dictionary<TransactionKey, ProxyTransaction> _byKey = [];
    private readonly Dictionary<string, ProxyTransaction> _byBranch = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byOwner = new(StringComparer.Ordinal);
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
            if (!isNew || _weight + WeightOf(length) > capacity)
            {
                return transaction;
            }

            if (!sender.IsTrusted)
            {
                int present = _byOwner.GetValueOrDefault(sender.Owner);
                if (present + WeightOf(length) > capacityOfOne)
                {
                    return null;
                }

                _byOwner[sender.Owner] = present + WeightOf(length);
            }

            transaction = make();
            _weight += WeightOf(length);
            _byKey[key] = transaction;
            _byBranch[transaction.Branch] = transaction;
            return transaction;
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
                int weight = WeightOf(transaction.Request.Text.Length);
                _weight -= weight;
                if (!transaction.Sender.IsTrusted && (_byOwner[transaction.Sender.Owner] -= weight) == 0)
                {
                    _byOwner.Remove(transaction.Sender.Owner);
                }
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

    private static int WeightOf(int length) => 1 + (length / BytesOfOne);
}
