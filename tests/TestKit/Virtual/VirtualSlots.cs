using RtpProxy.Relay.Snapshots;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Where a worker's sessions are put down for another process: plain arrays, of which the smallest is too small for a session.</summary>
public sealed class VirtualSlots : ISnapshotSlots
{
    private const int Smallest = 400;

    private readonly List<(long Owner, byte[] Held)?> _slots = [];
    private byte[] _room = [];
    private int _place;
    private long _owner;

    /// <summary>The session that was worked on last; 0 for none.</summary>
    public long UnderWay { get; set; }

    public bool HasRoom { get; set; } = true;

    /// <summary>Sessions that have a slot.</summary>
    public IEnumerable<long> Owners => _slots.OfType<(long Owner, byte[] Held)>().Select(slot => slot.Owner).Where(owner => owner > 0);

    /// <summary>What is held for a session; null for nothing.</summary>
    public byte[]? Find(long owner) => _slots.Find(slot => slot?.Owner == owner)?.Held;

    public Span<byte> Begin(int place, long owner, int atLeast)
    {
        _place = place;
        _owner = owner;
        _room = HasRoom ? new byte[Math.Max(atLeast * 2, Smallest)] : [];
        return _room;
    }

    public int End(int length)
    {
        if (_place == ISnapshotSlots.Nowhere)
        {
            _place = _slots.Count;
            _slots.Add(null);
        }

        _slots[_place] = (_owner, _room[..length]);
        return _place;
    }

    public void Free(int place) => _slots[place] = null;
}
