using System.Numerics;

namespace RtpProxy.Relay.Quality;

/// <summary>
/// Which of the latest sequence numbers were received, and in time. What becomes of a number is decided when it leaves: the window
/// is two blocks of 64 numbers, and when one behind them comes, the older block is decided as a whole.
/// <code>
///        older           newer
/// |-- 64 numbers --|-- 64 numbers --|
///                  First     ^ the highest so far is in here
/// </code>
/// </summary>
/// <remarks>Plain data; all zero before the first number.</remarks>
internal struct SequenceFates
{
    /// <summary>Numbers that are further apart do not belong to one run (media rules, section 4.2).</summary>
    public const int MaxDistance = 536;

    private const int BlockLength = 64;

    /// <summary>The first number of the newer block.</summary>
    public ushort First;

    /// <summary>The older block is one: numbers before those of a stream's first block were never sent.</summary>
    public bool HasOlder;

    /// <summary>A bit for each number, the lowest first: received at all, and of these, too late.</summary>
    public ulong Received;

    public ulong Late;

    public ulong OlderReceived;

    public ulong OlderLate;

    /// <summary>A run of numbers begins; those before are decided.</summary>
    public void Begin(ushort number, ref BurstState bursts)
    {
        End(ref bursts);
        First = number;
    }

    /// <summary>
    /// A packet came, after <see cref="Begin"/>. False when there is nothing to count: it has come before, or it is older than the stream.
    /// </summary>
    /// <param name="isLate">In: by the clock. Out: also when its number had been given up.</param>
    public bool Place(ushort number, ref bool isLate, ref BurstState bursts)
    {
        uint place = (ushort)(number - First);
        return place < BlockLength
            ? Set(ref Received, ref Late, place, isLate)
            : PlaceElsewhere(number, place, ref isLate, ref bursts);
    }

    /// <summary>What was received from a number on turns out to have come too late: how many they are.</summary>
    public uint MakeLate(ushort from)
    {
        int place = (short)(from - First);
        ulong late = Received & ~Late & From(place);
        ulong olderLate = OlderReceived & ~OlderLate & From(place + BlockLength);
        Late |= late;
        OlderLate |= olderLate;
        return (uint)(BitOperations.PopCount(late) + BitOperations.PopCount(olderLate));

        static ulong From(int place) => place <= 0 ? ulong.MaxValue : place < BlockLength ? ulong.MaxValue << place : 0;
    }

    /// <summary>The numbers up to the highest are decided: nothing more comes of this run.</summary>
    public void End(ref BurstState bursts)
    {
        if (HasOlder)
        {
            Decide(OlderReceived, OlderLate, BlockLength, ref bursts);
        }

        Decide(Received, Late, BlockLength - BitOperations.LeadingZeroCount(Received), ref bursts);
        this = default;
    }

    private bool PlaceElsewhere(ushort number, uint place, ref bool isLate, ref BurstState bursts)
    {
        uint behind = (ushort)(First - number);
        if (place < BlockLength + MaxDistance)
        {
            for (; place >= BlockLength; place -= BlockLength)
            {
                Turn(ref bursts);
            }
        }
        else if (behind <= BlockLength)
        {
            return HasOlder && Set(ref OlderReceived, ref OlderLate, BlockLength - behind, isLate);
        }
        else if (behind <= MaxDistance)
        {
            isLate = HasOlder;
            return isLate;
        }
        else
        {
            Begin(number, ref bursts);
            place = 0;
        }

        return Set(ref Received, ref Late, place, isLate);
    }

    private static bool Set(ref ulong received, ref ulong late, uint place, bool isLate)
    {
        ulong bit = 1UL << (int)place;
        if ((received & bit) != 0)
        {
            return false;
        }

        received |= bit;
        if (isLate)
        {
            late |= bit;
        }

        return true;
    }

    private void Turn(ref BurstState bursts)
    {
        if (HasOlder)
        {
            Decide(OlderReceived, OlderLate, BlockLength, ref bursts);
        }

        OlderReceived = Received;
        OlderLate = Late;
        HasOlder = true;
        Received = 0;
        Late = 0;
        First += BlockLength;
    }

    private static void Decide(ulong received, ulong late, int count, ref BurstState bursts)
    {
        ulong missing = ~received | late;
        if (count < BlockLength)
        {
            missing &= (1UL << count) - 1;
        }

        int decided = 0;
        for (; missing != 0; missing &= missing - 1)
        {
            int next = BitOperations.TrailingZeroCount(missing);
            bursts.Play((uint)(next - decided));
            bursts.Miss();
            decided = next + 1;
        }

        bursts.Play((uint)(count - decided));
    }
}
