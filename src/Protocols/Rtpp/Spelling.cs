namespace RtpProxy.Protocols.Rtpp;

/// <summary>What somebody meant who mistyped a word.</summary>
internal static class Spelling
{
    /// <param name="word">Not among the words that are known.</param>
    /// <param name="known">The likeliest first.</param>
    /// <returns>The nearest of them; null if none is near.</returns>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        const int MaxWord = 64; // Longer ones are no slips, and the way to compare them takes the square of their length.
        const int TyposPerLetter = 3;
        return word.Length > MaxWord
            ? null
            : known
                .Select(candidate => (Candidate: candidate, Typos: Distance(word, candidate)))
                .Where(pair => pair.Typos <= Math.Max(1, pair.Candidate.Length / TyposPerLetter))
                .OrderBy(pair => pair.Typos)
                .FirstOrDefault().Candidate;
    }

    /// <summary>Changed, missing, surplus and swapped neighbouring letters (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int change = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int least = Math.Min(change, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                bool isSwapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = isSwapped ? Math.Min(least, distance[i - 2, j - 2] + 1) : least;
            }
        }

        return distance[a.Length, b.Length];
    }
}
