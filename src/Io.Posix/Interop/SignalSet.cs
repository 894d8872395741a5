namespace RtpProxy.Io.Posix.Interop;

/// <summary>A <c>sigset_t</c>: a bit per signal, that of signal 1 first.</summary>
internal static unsafe class SignalSet
{
    /// <summary>How long it is, with glibc and musl.</summary>
    public const int Words = 16;

    /// <param name="set">Room for <see cref="Words"/>.</param>
    /// <param name="signals">From 1 to 64.</param>
    public static void Write(ulong* set, ReadOnlySpan<int> signals)
    {
        new Span<ulong>(set, Words).Clear();
        foreach (int signal in signals)
        {
            set[0] |= BitOf(signal);
        }
    }

    /// <param name="set">The first word, where all are that have a name.</param>
    public static bool HasAll(ulong set, ReadOnlySpan<int> signals)
    {
        foreach (int signal in signals)
        {
            if ((set & BitOf(signal)) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong BitOf(int signal) => 1ul << (signal - 1);
}
