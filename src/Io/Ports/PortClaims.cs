namespace RtpProxy.Io.Ports;

/// <summary>Which pairs of a <see cref="PortRange"/> are taken on one local address: a bit for each.</summary>
/// <remarks>Thread-safe by interlocked operations.</remarks>
internal sealed class PortClaims(int pairCount)
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _taken = new ulong[(pairCount + BitsPerWord - 1) / BitsPerWord];
    private int _last = pairCount - 1;

    /// <summary>Where an ascending search begins.</summary>
    public int AfterLast => (Volatile.Read(ref _last) + 1) % pairCount;

    /// <summary>True if the pair was free and is now the caller's.</summary>
    public bool TryClaim(int index)
    {
        ulong bit = 1UL << (index % BitsPerWord);
        ref ulong word = ref _taken[index / BitsPerWord];
        return (Volatile.Read(ref word) & bit) == 0 && (Interlocked.Or(ref word, bit) & bit) == 0;
    }

    public void Release(int index) =>
        Interlocked.And(ref _taken[index / BitsPerWord], ~(1UL << (index % BitsPerWord)));

    /// <summary>Remembers the pair that was really opened, for <see cref="AfterLast"/>.</summary>
    public void NoteOpened(int index) => Volatile.Write(ref _last, index);
}
