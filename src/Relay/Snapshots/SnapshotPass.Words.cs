namespace RtpProxy.Relay.Snapshots;

/// <content>Words of bits, which mostly are all set or all clear.</content>
internal ref partial struct SnapshotPass
{
    private const byte NoneOfThem = 0;
    private const byte AllOfThem = 1;
    private const byte SomeOfThem = 2;

    /// <summary>One word: a byte says which, and its bits follow only when they differ.</summary>
    public void Word(ref ulong value)
    {
        byte kind = KindOf(value);
        Octet(ref kind, SomeOfThem);
        Bits(kind, ref value);
    }

    /// <summary>As many words as there is room for: each that differs by itself, the others as runs of equal ones.</summary>
    public void Words(scoped Span<ulong> words)
    {
        for (int at = 0, length; at < words.Length; at += length)
        {
            byte kind = KindOf(words[at]);
            Octet(ref kind, SomeOfThem);
            length = 1;
            if (kind != SomeOfThem)
            {
                length = IsReading ? 1 : RunAt(words[at..]);
                Number(ref length, 1, words.Length - at);
                length = Math.Max(length, 1); // of a fault
            }

            foreach (ref ulong word in words.Slice(at, length))
            {
                Bits(kind, ref word);
            }
        }
    }

    private void Bits(byte kind, ref ulong value)
    {
        if (kind == SomeOfThem)
        {
            Bits(ref value);
        }
        else
        {
            value = kind == AllOfThem ? ulong.MaxValue : 0;
        }
    }

    private static byte KindOf(ulong word) =>
        word == 0 ? NoneOfThem : word == ulong.MaxValue ? AllOfThem : SomeOfThem;

    private static int RunAt(scoped ReadOnlySpan<ulong> words)
    {
        int end = words.IndexOfAnyExcept(words[0]);
        return end < 0 ? words.Length : end;
    }
}
