namespace RtpProxy.Controller.Relays;

/// <summary>
/// Which node each recent call was given, and under which set. Consulted for calls that are older than the present
/// configuration, and for those that were given another node than their Call-ID names, which was full or drained; the others
/// are placed by their Call-ID alone.
/// </summary>
/// <remarks>Not thread-safe; owned by <see cref="RelaySets"/>, under its lock. Bounded; the least recently used go first.</remarks>
internal sealed class CallPlacements(int capacity)
{
    private readonly Dictionary<(int Set, string CallId), LinkedListNode<Placement>> _byCall = [];
    private readonly LinkedList<Placement> _oldestFirst = new();

    public int Count => _byCall.Count;

    /// <summary>The node of a call that its Call-ID alone would not find; null for other calls.</summary>
    public RelayNode? FindStray(string callId, RelaySet present) =>
        Find(callId, present.Id) is { } place && (place.Set != present || place.IsStray) ? place.Node : null;

    /// <summary>The node that a call has, however it came to it; null for an unknown call.</summary>
    public RelayNode? Find(string callId, RelaySet present) => Find(callId, present.Id)?.Node;

    /// <param name="callId">The call.</param>
    /// <param name="set">The set that it was placed in.</param>
    /// <param name="node">Its node.</param>
    /// <param name="isStray">The Call-ID names another.</param>
    public void Remember(string callId, RelaySet set, RelayNode node, bool isStray)
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

        _byCall[key] = _oldestFirst.AddLast(new Placement(callId, set, node, isStray));
    }

    private Placement? Find(string callId, int set)
    {
        if (!_byCall.TryGetValue((set, callId), out LinkedListNode<Placement>? place))
        {
            return null;
        }

        _oldestFirst.Remove(place);
        _oldestFirst.AddLast(place);
        return place.Value;
    }

    private readonly record struct Placement(string CallId, RelaySet Set, RelayNode Node, bool IsStray);
}
