using System.Text;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>The words of a main command or of one sub-command; the first is the command word.</summary>
internal readonly ref struct Words(ReadOnlySpan<byte> line, ReadOnlySpan<Range> ranges)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly ReadOnlySpan<Range> _ranges = ranges;

    public int Count => _ranges.Length;

    public ReadOnlySpan<byte> this[int index] => _line[_ranges[index]];

    /// <summary>Exactly two blanks stand before a word: whoever put an empty one there left two.</summary>
    public bool IsEmptyBefore(int index) =>
        _line[_ranges[index - 1].End.._ranges[index].Start].SequenceEqual("  "u8);

    /// <summary>One character for each byte, so that any byte survives.</summary>
    public string Text(int index) => Encoding.Latin1.GetString(this[index]);

    public string? TextOrNull(int index) => index < Count ? Text(index) : null;
}
