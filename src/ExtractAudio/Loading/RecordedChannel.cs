namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// The packets of one source, all mixed into the side that had them first. Where the numbers of the source begin anew, because
/// both wrapped at the same packet or because the sender restarted, a new part begins: the order by plain numbers holds only
/// within one.
/// </summary>
internal sealed class RecordedChannel
{
    private const int MaxMisorder = 100; // packets, within which a smaller number is no restart
    private const double MaxLateSeconds = 3; // behind its time, within which a smaller number is a late packet
    private const double SamplesPerSecond = 8_000;
    private const int MinSamplesPerPacket = 40;
    private const int MaxSamplesPerPacket = 2_400;

    private readonly SpillFile _spill;
    private readonly Func<bool> _mayBeginPart;
    private readonly List<PacketOrder> _parts = [];
    private PacketEntry _last; // the furthest of the part
    private bool _followsByWrap;

    /// <param name="side">Where it is heard.</param>
    /// <param name="spill">For old packets.</param>
    /// <param name="mayBeginPart">Bounds the parts of all channels together; false when there are too many.</param>
    public RecordedChannel(RecordedSide side, SpillFile spill, Func<bool> mayBeginPart)
    {
        Side = side;
        _spill = spill;
        _mayBeginPart = mayBeginPart;
        _parts.Add(new PacketOrder(spill));
    }

    public RecordedSide Side { get; }

    /// <summary>The first packet in order.</summary>
    public PacketEntry First => _parts[0].First;

    /// <summary>When that arrived.</summary>
    public double StartSeconds => First.ArrivalSeconds;

    /// <summary>All packets in order.</summary>
    public IReadOnlyList<PacketBlock> Blocks => _parts.Count == 1
        ? _parts[0].Blocks
        : [.. _parts.SelectMany(part => part.Blocks)];

    private PacketOrder Current => _parts[^1];

    /// <summary>False for a duplicate.</summary>
    public bool TryInsert(in PacketEntry packet)
    {
        if (Current.Blocks[0].Count == 0)
        {
            _last = packet;
            return Current.TryInsert(packet);
        }

        int sequenceAhead = packet.Sequence.DistanceFrom(_last.Sequence);
        int timestampAhead = packet.Timestamp.DistanceFrom(_last.Timestamp);
        bool bothSmaller = packet.Sequence.Value < _last.Sequence.Value && packet.Timestamp.Value < _last.Timestamp.Value;
        if (sequenceAhead > 0)
        {
            if (bothSmaller && TryBeginPart())
            {
                _followsByWrap = true;
            }

            _last = packet;
            return Current.TryInsert(packet);
        }

        if (IsFromBeforeTheWrap(packet, sequenceAhead))
        {
            bool isNew = _parts[^2].TryInsert(packet);
            _parts[^2].StoreAll();
            return isNew;
        }

        if (sequenceAhead == 0 || timestampAhead >= 0)
        {
            if (sequenceAhead < -MaxMisorder)
            {
                _last = packet; // the sequence numbers went back, the timestamps go on
            }

            return Current.TryInsert(packet);
        }

        return TryInsertSmaller(packet, sequenceAhead, timestampAhead);
    }

    /// <summary>Both numbers went back: a late packet, a duplicate, or a sender that restarted.</summary>
    private bool TryInsertSmaller(in PacketEntry packet, int sequenceAhead, int timestampAhead)
    {
        double late = packet.ArrivalSeconds - (_last.ArrivalSeconds + (timestampAhead / SamplesPerSecond));
        long perPacket = (long)timestampAhead / sequenceAhead;
        bool isConsistent = perPacket is >= MinSamplesPerPacket and <= MaxSamplesPerPacket;
        if (Math.Abs(late) <= MaxLateSeconds)
        {
            return Current.TryInsert(packet);
        }

        bool isBeforeStart = packet.Sequence.DistanceFrom(Current.First.Sequence) < 0;
        bool isNew = isConsistent && !isBeforeStart && Current.TryInsert(packet);
        if (!isNew && TryBeginPart())
        {
            _followsByWrap = false;
            _last = packet;
            return Current.TryInsert(packet);
        }

        return isNew || Current.TryInsert(packet);
    }

    private bool IsFromBeforeTheWrap(in PacketEntry packet, int sequenceAhead) =>
        _followsByWrap && sequenceAhead < 0 && packet.Sequence.Value > _last.Sequence.Value;

    private bool TryBeginPart()
    {
        if (!_mayBeginPart())
        {
            return false;
        }

        Current.StoreAll();
        _parts.Add(new PacketOrder(_spill));
        return true;
    }
}
