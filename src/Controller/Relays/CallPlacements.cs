namespace RtpProxy.Controller.Relays;

/// <summary>
/// Which node each recent call was given, and under which set. Consulted only for calls that are older than the present
/// configuration; those of today are placed by their Call-ID alone.
/// </summary>
/// <remarks>Not thread-safe; owned by <see cref="RelaySets"/>, under its lock. Bounded; the least recently used go first.</remarks>
internal sealed class CallPlacements(int capacity)
{
    private readonly Dictionary<(int Set, string CallId), LinkedListNode<Placement>> _byCall = [];
    private readonly LinkedList<Placement> _oldestFirst = new();

    public int Count => _byCall.Count;

    /// <summary>The node of a call that was placed before <paramref name="present"/> was configured; null for other calls.</summary>
    public RelayNode? FindEarlier(string callId, RelaySet present)
    {
        if (!_byCall.TryGetValue((present.Id, callId), out LinkedListNode<Placement>? place))
        {
            return null;
        }

        _oldestFirst.Remove(place);
        _oldestFirst.AddLast(place);
        return place.Value.Set == present ? null : place.Value.Node;
    }

    public void Remember(string callId, RelaySet set, RelayNode node)
    {
        if (capacity == 0)
        {
            return;
        }

        (int, string) key = (set.Id, callId);
        if (_byCall.Remove(key, out LinkedListNode<Placement>? old))
        {
            _oldestFirst.Remove(old);
        }

        if (_byCall.Count >= capacity && _oldestFirst.First is { } oldest)
        {
            _oldestFirst.RemoveFirst();
            _byCall.Remove((oldest.Value.Set.Id, oldest.Value.CallId));
        }

        _byCall[key] = _oldestFirst.AddLast(new Placement(callId, set, node));
    }

    private readonly record struct Placement(string CallId, RelaySet Set, RelayNode Node);
}
