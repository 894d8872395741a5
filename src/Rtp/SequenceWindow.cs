using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RtpProxy.Rtp;

/// <summary>
/// Remembers which of the last 2,048 extended sequence numbers up to a maximum were received. It answers as the map of
/// 131,072 bits of the media rules, section 4.2 would, in a 64th of the memory.
/// </summary>
/// <remarks>
/// Why 2,048 are enough: within a run a number is only asked for when it is less than 537 from the maximum, or comes from
/// before a wrap that lies less than 536 behind, so never more than 1,071 below; and what a wrap leads to is always new,
/// since the wrap clears that half of the map. The one number that the big map knows and the distance does not tell is
/// handled in <see cref="ReceptionStatistics"/> (the echo).
/// </remarks>
internal struct SequenceWindow
{
    /// <summary>Words of 64 numbers.</summary>
    public const int WordCount = (int)Size / WordBits;

    private const uint Size = 2_048;
    private const int WordBits = 64;

    private Words _words;

    [InlineArray(WordCount)]
    private struct Words
    {
        private ulong _first;
    }

    /// <summary>A bit for each number, by its remainder.</summary>
    [UnscopedRef]
    public Span<ulong> Bits => _words;

    /// <summary>Forgets everything and remembers the first number of a run.</summary>
    public void Restart(uint first)
    {
        Clear();
        Set(first);
    }

    public readonly bool Contains(uint number, uint maximum) =>
        number <= maximum && maximum - number < Size && (_words[WordOf(number)] & BitOf(number)) != 0;

    /// <summary>Remembers <paramref name="number"/>; above the maximum it moves the window up.</summary>
    public void Add(uint number, uint maximum)
    {
        if (number > maximum)
        {
            ForgetBetween(maximum, number);
            Set(number);
        }
        else if (maximum - number < Size)
        {
            Set(number);
        }
    }

    private void ForgetBetween(uint maximum, uint number)
    {
        if (number - maximum >= Size)
        {
            Clear();
            return;
        }

        for (uint skipped = maximum + 1; skipped != number; skipped++)
        {
            _words[WordOf(skipped)] &= ~BitOf(skipped);
        }
    }

    private void Clear() => ((Span<ulong>)_words).Clear();

    private void Set(uint number) => _words[WordOf(number)] |= BitOf(number);

    private static int WordOf(uint number) => (int)(number % Size / WordBits);

    private static ulong BitOf(uint number) => 1UL << (int)(number % WordBits);
}
