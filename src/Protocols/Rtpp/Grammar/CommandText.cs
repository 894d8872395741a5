using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary>A command line cut into words, whose command word has been found in the table. Borrows the line.</summary>
internal readonly ref struct CommandText
{
    public required Words Words { get; init; }

    /// <summary>What follows the name in the command word.</summary>
    public required ReadOnlySpan<byte> Modifiers { get; init; }

    /// <summary>Reads what is said of a leg.</summary>
    public required LegParser Legs { get; init; }

    /// <summary>What the command supposes of the daemon's addresses.</summary>
    public required List<AddressQuestion> Questions { get; init; }

    public string Text(int index) => Words.Text(index);

    public string? TextOrNull(int index) => Words.TextOrNull(index);

    public string[] TextsFrom(int first)
    {
        if (Words.Count <= first)
        {
            return [];
        }

        var texts = new string[Words.Count - first];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Words.Text(first + i);
        }

        return texts;
    }
}
