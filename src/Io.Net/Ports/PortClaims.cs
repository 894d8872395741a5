using System.Numerics;
using RtpProxy.Relay;

namespace RtpProxy.Io.Net.Ports;

/// <summary>Which pairs of a <see cref="PortRange"/> are taken on one local address: a bit for each.</summary>
/// <remarks>Thread-safe by interlocked operations.</remarks>
internal sealed class PortClaims(int pairCount)
{
    private const int BitsPerWord = 64;
    private const int Never = 0;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly ulong[] _taken = new ulong[(pairCount + BitsPerWord - 1) / BitsPerWord];
    private readonly ulong[] _open = new ulong[(pairCount + BitsPerWord - 1) / BitsPerWord];
    private int[]? _closedAt; // milliseconds of the monotonic clock, modulo 2^32; made when the first pair is closed
    private int _last = pairCount - 1;

    /// <summary>Where an ascending search begins.</summary>
    public int AfterLast => (Volatile.Read(ref _last) + 1) % pairCount;

    /// <summary>How many pairs are taken. A hint: workers go on while they are counted.</summary>
    public int Taken
    {
        get
        {
            int taken = 0;
            for (int i = 0; i < _taken.Length; i++)
            {
                taken += BitOperations.PopCount(Volatile.Read(ref _taken[i]));
            }

            return taken;
        }
    }

    /// <summary>True if the pair was free and is now the caller's.</summary>
    public bool TryClaim(int index)
    {
        ulong bit = BitOf(index);
        ref ulong word = ref _taken[index / BitsPerWord];
        return (Volatile.Read(ref word) & bit) == 0 && (Interlocked.Or(ref word, bit) & bit) == 0;
    }

    /// <summary>The pair is free again.</summary>
    public void Release(int index)
    {
        if (IsOpen(index))
        {
            int[] closedAt = _closedAt ?? Interlocked.CompareExchange(ref _closedAt, new int[pairCount], null) ?? _closedAt;
            Volatile.Write(ref closedAt[index], Milliseconds(MonotonicClock.Now));
            Interlocked.And(ref _open[index / BitsPerWord], ~BitOf(index));
        }

        Interlocked.And(ref _taken[index / BitsPerWord], ~BitOf(index));
    }

    /// <summary>The pair is bound: what comes from it is ours. Remembered too for <see cref="AfterLast"/>.</summary>
    public void NoteOpened(int index)
    {
        Interlocked.Or(ref _open[index / BitsPerWord], BitOf(index));
        Volatile.Write(ref _last, index);
    }

    /// <summary>The pair is bound by us, not only claimed.</summary>
    public bool IsOpen(int index) => (Volatile.Read(ref _open[index / BitsPerWord]) & BitOf(index)) != 0;

    /// <summary>The pair was open at this moment or after it; remembered for 24 days.</summary>
    public bool WasOpenSince(int index, Instant since) =>
        IsOpen(index)
        || (Volatile.Read(ref _closedAt) is { } closedAt
            && Volatile.Read(ref closedAt[index]) is var closed and not Never
            && closed - Milliseconds(since) >= 0);

    private static ulong BitOf(int index) => 1UL << (index % BitsPerWord);

    private static int Milliseconds(Instant instant)
    {
        int milliseconds = (int)(instant.Nanoseconds / NanosecondsPerMillisecond);
        return milliseconds == Never ? 1 : milliseconds;
    }
}
