namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>A command line cut into words and sub-commands (control protocol, sections 2.1 and 2.2).</summary>
/// <remarks>Borrows the line and the two work areas of its caller.</remarks>
internal readonly ref struct CommandWords
{
    /// <summary>Words of the main command or of one sub-command, the command word included.</summary>
    public const int MaxWords = 23;

    public const int MaxSubCommands = 15;

    /// <summary>The main command and its sub-commands.</summary>
    public const int MaxGroups = 1 + MaxSubCommands;

    public const int MaxRanges = MaxGroups * MaxWords;

    private readonly ReadOnlySpan<byte> _line;
    private readonly ReadOnlySpan<Range> _ranges;
    private readonly ReadOnlySpan<int> _counts;

    private CommandWords(ReadOnlySpan<byte> line, ReadOnlySpan<Range> ranges, ReadOnlySpan<int> counts)
    {
        _line = line;
        _ranges = ranges;
        _counts = counts;
    }

    public Words Main => Group(0);

    public int SubCommandCount => _counts.Length - 1;

    public Words SubCommand(int index) => Group(1 + index);

    /// <param name="ranges">Work area of <see cref="MaxRanges"/>.</param>
    /// <param name="counts">Work area of <see cref="MaxGroups"/>.</param>
    /// <returns>False for whatever the protocol answers with E5: nothing there, a NUL, too much.</returns>
    public static bool TrySplit(
        ReadOnlySpan<byte> line,
        Span<Range> ranges,
        Span<int> counts,
        out CommandWords words)
    {
        words = default;
        if (line.Contains((byte)0))
        {
            return false;
        }

        int group = 0;
        int count = 0;
        int start = 0;
        while (Separators.TryNextWord(line, ref start, out Range word))
        {
            if (line[word].SequenceEqual("&&"u8))
            {
                if (count == 0 || group == MaxSubCommands)
                {
                    return false;
                }

                counts[group++] = count;
                count = 0;
                continue;
            }

            if (count == MaxWords)
            {
                return false;
            }

            ranges[(group * MaxWords) + count++] = word;
        }

        if (count == 0)
        {
            return false;
        }

        counts[group++] = count;
        words = new CommandWords(line, ranges, counts[..group]);
        return true;
    }

    private Words Group(int index) => new(_line, _ranges.Slice(index * MaxWords, _counts[index]));
}
