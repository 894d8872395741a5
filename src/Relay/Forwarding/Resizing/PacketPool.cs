namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>
/// Buffers for packets that wait in a re-packetiser, used again and again: in steady state nothing is allocated.
/// </summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public sealed class PacketPool
{
    /// <summary>Longest packet that can be kept, as long as the original's receive buffer (media rules, section 3.1).</summary>
    public const int MaxLength = 8192;

    private const int OrdinaryLength = 512; // 60 ms of G.711 with its header
    private const int MaxIdleOrdinary = 8192; // 4 MB
    private const int MaxIdleLong = 64;
    private const int AlwaysIdle = 256; // 128 KB

    private readonly Stack<byte[]> _ordinary = new();
    private readonly Stack<byte[]> _long = new();
    private int _fewestIdle; // ordinary ones, since the last second

    /// <summary>A buffer of at least <paramref name="length"/> bytes, up to <see cref="MaxLength"/>; its contents are old.</summary>
    public byte[] Rent(int length)
    {
        bool isOrdinary = length <= OrdinaryLength;
        if ((isOrdinary ? _ordinary : _long).TryPop(out byte[]? buffer))
        {
            _fewestIdle = Math.Min(_fewestIdle, _ordinary.Count);
            return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(isOrdinary ? OrdinaryLength : MaxLength);
    }

    /// <summary>
    /// A second has passed: of the buffers that were idle all the time, but for some, a quarter is left to the garbage
    /// collector, so that the pool follows what is needed.
    /// </summary>
    public void Trim()
    {
        for (int surplus = (_fewestIdle - AlwaysIdle) / 4; surplus > 0; surplus--)
        {
            _ordinary.Pop();
        }

        _fewestIdle = _ordinary.Count;
    }

    /// <summary>Takes a buffer back; what exceeds the idle limit is left to the garbage collector.</summary>
    public void Return(byte[] buffer)
    {
        (Stack<byte[]> idle, int limit) = buffer.Length == OrdinaryLength
            ? (_ordinary, MaxIdleOrdinary)
            : (_long, MaxIdleLong);
        if (idle.Count < limit)
        {
            idle.Push(buffer);
        }
    }
}
