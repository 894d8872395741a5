namespace RtpProxy.Protocols.Rtpp.Parsing;

/// <summary>
/// What a command word promises before its modifiers are read (the table of control protocol, section 3).
/// </summary>
/// <param name="NameLength">Letters of the word that are the name; modifiers follow them.</param>
/// <param name="MinWords">Least number of words, the command word included.</param>
/// <param name="MaxWords">Largest number of words.</param>
/// <param name="FromTagIndex">The place of the from-tag, in commands that find a session by tags alone.</param>
internal readonly record struct CommandShape(
    CommandKind Kind,
    int NameLength,
    int MinWords,
    int MaxWords,
    bool TakesModifiers = true,
    bool TakesSubCommands = false,
    int FromTagIndex = 0)
{
    public static bool TryFind(ReadOnlySpan<byte> word, out CommandShape shape)
    {
        switch (Letters.Lower(word[0]))
        {
            case 'v':
                bool isFeature = word.Length > 1 && Letters.Lower(word[1]) == 'f';
                shape = isFeature
                    ? new(CommandKind.Version, 2, 2, 2, TakesModifiers: false)
                    : new(CommandKind.Version, 1, 1, 1, TakesModifiers: false);
                return true;
            case 'u':
                shape = new(CommandKind.Update, 1, 5, 8, TakesSubCommands: true);
                return true;
            case 'l':
                shape = new(CommandKind.Lookup, 1, 5, 6, TakesSubCommands: true);
                return true;
            case 'd':
                shape = new(CommandKind.Delete, 1, 3, 4, FromTagIndex: 2);
                return true;
            case 'p':
                shape = new(CommandKind.Play, 1, 5, 6, FromTagIndex: 4);
                return true;
            case 's':
                shape = new(CommandKind.NoPlay, 1, 3, 4, TakesModifiers: false, FromTagIndex: 2);
                return true;
            case 'r':
                shape = new(CommandKind.Record, 1, 3, 4, FromTagIndex: 2);
                return true;
            case 'c':
                shape = new(CommandKind.Copy, 1, 4, 5, FromTagIndex: 3);
                return true;
            case 'n':
                shape = new(CommandKind.NoRecord, 1, 3, 4, FromTagIndex: 2);
                return true;
            case 'q':
                shape = new(CommandKind.Query, 1, 3, 15, TakesSubCommands: true, FromTagIndex: 2);
                return true;
            case 'g':
                shape = new(CommandKind.Stats, 1, 1, CommandWords.MaxWords);
                return true;
            case 'i':
                shape = new(CommandKind.Info, 1, 1, 1);
                return true;
            case 'x':
                shape = new(CommandKind.DeleteAll, 1, 1, 1, TakesModifiers: false);
                return true;
            default:
                shape = default;
                return false;
        }
    }
}
