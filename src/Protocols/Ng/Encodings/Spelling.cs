namespace RtpProxy.Protocols.Ng.Encodings;

/// <summary>
/// The spelling of keys and flag words (ng protocol, 2.4): clients write a blank, a hyphen or an underscore, and acronyms in
/// upper or lower case; nothing that differs only so means something else. Names, suites, tags and files are not words.
/// </summary>
public static class Spelling
{
    /// <summary>Longest word that the protocol knows, with room for the name behind a prefix.</summary>
    internal const int MaxKnownWord = 64;

    /// <summary>Compares keys by their folded form.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new FoldingComparer();

    /// <summary>True if both are the same word.</summary>
    public static bool AreSame(ReadOnlySpan<char> word, ReadOnlySpan<char> other)
    {
        if (word.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] != other[i] && Fold(word[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The word in lower case with hyphens, of the same length; only as much of it as fits the buffer, so that a word that
    /// is longer than any known one stays unknown.
    /// </summary>
    internal static ReadOnlySpan<char> Fold(ReadOnlySpan<char> word, Span<char> buffer)
    {
        Span<char> folded = buffer[..Math.Min(word.Length, buffer.Length)];
        for (int i = 0; i < folded.Length; i++)
        {
            folded[i] = Fold(word[i]);
        }

        return folded;
    }

    private static char Fold(char character) => character switch
    {
        ' ' or '_' => '-',
        >= 'A' and <= 'Z' => (char)(character | 0x20),
        _ => character,
    };

    private sealed class FoldingComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? x == y : AreSame(x, y);

        // The framework's hash is seeded in each process: a peer cannot choose keys that collide.
        public int GetHashCode(string obj) => string.GetHashCode(Fold(obj, stackalloc char[NgLimits.MaxNameLength]));
    }
}
