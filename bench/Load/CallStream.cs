namespace RtpProxy.Load;

/// <summary>One direction of a call: what its party says, and what the other party hears of it and how late.</summary>
/// <remarks>Owned by the thread that sends and receives; read by others when that has stopped.</remarks>
internal sealed class CallStream
{
    private readonly List<ulong> _heard = []; // a bit for each packet since Begin
    private int _first;
    private long _lastAt;

    /// <summary>Of the relay, where it says it to.</summary>
    public int Port { get; set; }

    /// <summary>It speaks.</summary>
    public bool IsSpeaking { get; set; }

    /// <summary>Of the next packet; the lower half of it is the sequence number.</summary>
    public int Next { get; set; }

    public int Sent => Next - _first;

    public int Heard { get; private set; }

    /// <summary>Packets that came twice.</summary>
    public int Doubled { get; private set; }

    /// <summary>From the moment before the call that sends a packet to its arrival in the other party's socket, in nanoseconds.</summary>
    public long LongestWait { get; private set; }

    /// <summary>Between two arrivals, in nanoseconds; 20 ms of it are the stream's own.</summary>
    public long LongestGap { get; private set; }

    /// <summary>Nothing of the last so many packets was heard.</summary>
    public bool IsSilent(int packets) => Sent > packets && LastHeard < Next - packets;

    private int LastHeard { get; set; } = -1;

    /// <summary>Counts from now on.</summary>
    public void Begin()
    {
        _first = Next;
        _heard.Clear();
        _lastAt = 0;
        LastHeard = -1;
        (Heard, Doubled, LongestWait, LongestGap) = (0, 0, 0, 0);
    }

    /// <param name="sentAt">Nanoseconds of a clock.</param>
    /// <param name="arrivedAt">Of the same.</param>
    public void Hear(int number, long sentAt, long arrivedAt)
    {
        int bit = number - _first;
        if (bit < 0)
        {
            return; // sent before
        }

        LongestWait = Math.Max(LongestWait, arrivedAt - sentAt);
        LongestGap = Math.Max(LongestGap, _lastAt == 0 ? 0 : arrivedAt - _lastAt);
        _lastAt = arrivedAt;
        LastHeard = Math.Max(LastHeard, number);
        while (_heard.Count <= bit / 64)
        {
            _heard.Add(0);
        }

        ulong mask = 1UL << (bit % 64);
        bool isNew = (_heard[bit / 64] & mask) == 0;
        _heard[bit / 64] |= mask;
        Heard += isNew ? 1 : 0;
        Doubled += isNew ? 0 : 1;
    }
}
