using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>Syntax of what follows <c>&amp;&amp;</c> (control protocol, section 4): whatever is wrong is E3.</summary>
internal sealed class SubCommandParser(LegParser legs)
{
    private const int MaxTos = 255; // one byte of the IPv4 header

    /// <param name="isDualLeg">
    /// The main command is a <c>U</c> with a to-tag, under which <c>L</c> and <c>C</c> are allowed.
    /// </param>
    /// <returns>Null for a malformed sub-command.</returns>
    public SubCommand? Parse(Words words, bool isDualLeg, List<AddressQuestion> questions) => Letters.Lower(words[0][0]) switch
    {
        'd' => ParseDelete(words),
        's' => ParseSet(words),
        'm' => ModuleParser.Parse(words),
        'l' when isDualLeg => ParseLookup(words, questions),
        'c' when isDualLeg => ParseFork(words),
        _ => null,
    };

    private static DeleteSubCommand? ParseDelete(Words words)
    {
        ReadOnlySpan<byte> modifiers = words[0][1..];
        return words.Count == 1 && Letters.AreAll(modifiers, 'w') ? new DeleteSubCommand(!modifiers.IsEmpty) : null;
    }

    private static SubCommand? ParseSet(Words words)
    {
        ReadOnlySpan<byte> word = words[0];
        if (words.Count != 2 || word.Length > 2)
        {
            return null;
        }

        // One more letter may follow the S; only r has a meaning.
        bool outgoing = word.Length == 2 && Letters.Lower(word[1]) == 'r';
        ReadOnlySpan<byte> property = words[1];
        if (property.StartsWith("ttl="u8))
        {
            return DecimalNumber.TryParsePositive(property[4..], int.MaxValue, out long seconds)
                ? new SetTtlSubCommand((int)seconds, outgoing)
                : null;
        }

        if (property.StartsWith("tos="u8))
        {
            return DecimalNumber.TryParsePositive(property[4..], MaxTos, out long tos)
                ? new SetTosSubCommand((byte)tos, outgoing)
                : null;
        }

        return null;
    }

    private LookupSubCommand? ParseLookup(Words words, List<AddressQuestion> questions)
    {
        if (words.Count != 3)
        {
            return null;
        }

        var own = new List<AddressQuestion>();
        ErrorCode error = legs.TryParse(
            words[0][1..],
            words[1],
            words[2],
            own,
            out LegModifiers modifiers,
            out RemoteMedia? remote);
        questions.AddRange(own.Select(question => question with { Otherwise = ErrorCode.SubCommand }));
        return error == ErrorCode.None ? new LookupSubCommand(remote!, modifiers) : null;
    }

    private static ForkSubCommand? ParseFork(Words words) => words.Count == 4 && words[0].Length == 1
        ? new ForkSubCommand(words.Text(1), words.Text(2), words.Text(3))
        : null;
}
