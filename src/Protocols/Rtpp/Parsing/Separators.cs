using System.Buffers;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>The four bytes between words: space, tab, LF and CR (control protocol, section 2.1).</summary>
internal static class Separators
{
    private static readonly SearchValues<byte> All = SearchValues.Create(" \t\n\r"u8);

    /// <summary>Finds the word at or after <paramref name="position"/> and moves the position behind it.</summary>
    public static bool TryNextWord(ReadOnlySpan<byte> line, ref int position, out Range word)
    {
        int skipped = line[position..].IndexOfAnyExcept(All);
        if (skipped < 0)
        {
            word = default;
            return false;
        }

        int start = position + skipped;
        int length = line[start..].IndexOfAny(All);
        position = length < 0 ? line.Length : start + length;
        word = start..position;
        return true;
    }

    public static bool IsSeparator(char character) => character is ' ' or '\t' or '\n' or '\r';
}
