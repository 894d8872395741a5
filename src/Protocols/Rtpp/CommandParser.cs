using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Grammar;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// Turns a command line into a <see cref="Command"/> or the error that the protocol answers: steps 1 to 7 of the order of
/// checks (control protocol, section 2.4). What needs a session or the daemon's state comes after it; what needs the daemon's
/// addresses is put as questions.
/// </summary>
/// <remarks>Thread-safe: holds no state beside the service it asks.</remarks>
internal sealed class CommandParser
{
    private readonly LegParser _legs;
    private readonly SubCommandParser _subCommands;

    public CommandParser(IServiceNames services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _legs = new LegParser(services);
        _subCommands = new SubCommandParser(_legs);
    }

    /// <summary>Parses one command without its cookie.</summary>
    /// <param name="line">Borrowed for the call. Any bytes; a final LF or CR LF is a separator like others.</param>
    /// <returns>The command or its error, never an exception.</returns>
    public ParsedLine Parse(ReadOnlySpan<byte> line)
    {
        var questions = new List<AddressQuestion>();
        ErrorCode error = TryParse(line, questions, out Command? command);
        return new ParsedLine(questions, error, command);
    }

    private ErrorCode TryParse(ReadOnlySpan<byte> line, List<AddressQuestion> questions, out Command? command)
    {
        command = null;
        Span<Range> ranges = stackalloc Range[CommandWords.MaxRanges];
        Span<int> counts = stackalloc int[CommandWords.MaxGroups];
        if (!CommandWords.TrySplit(line, ranges, counts, out CommandWords words))
        {
            return ErrorCode.Syntax;
        }

        Words main = words.Main;
        if (CommandTable.Find(main[0]) is not { } grammar)
        {
            return ErrorCode.UnknownCommand;
        }

        if (main.Count < grammar.MinWords || main.Count > grammar.MaxWords)
        {
            return ErrorCode.ArgumentCount;
        }

        ReadOnlySpan<byte> modifiers = main[0][grammar.Name.Length..];
        if (!grammar.TakesModifiers && !modifiers.IsEmpty)
        {
            return ErrorCode.UnexpectedModifier;
        }

        if (!grammar.TakesSubCommands && words.SubCommandCount > 0)
        {
            return ErrorCode.SubCommand;
        }

        var text = new CommandText { Words = main, Modifiers = modifiers, Legs = _legs, Questions = questions };
        ErrorCode error = grammar.Read(text, out Command? parsed);
        if (error != ErrorCode.None)
        {
            return error;
        }

        if (grammar.FromTagIndex > 0 && main.IsEmptyBefore(grammar.FromTagIndex))
        {
            parsed = parsed! with { FromTagMayBeEmpty = true };
        }

        return TryAddSubCommands(words, questions, ref parsed!, out command) ? ErrorCode.None : ErrorCode.SubCommand;
    }

    private bool TryAddSubCommands(
        CommandWords words, List<AddressQuestion> questions, ref Command parsed, out Command? command)
    {
        command = null;
        if (words.SubCommandCount > 0)
        {
            var subCommands = new SubCommand[words.SubCommandCount];
            bool isDualLeg = parsed is UpdateCommand { ToTag: not null };
            for (int i = 0; i < subCommands.Length; i++)
            {
                if (_subCommands.Parse(words.SubCommand(i), isDualLeg, questions) is not { } subCommand)
                {
                    return false;
                }

                subCommands[i] = subCommand;
            }

            parsed = parsed with { SubCommands = subCommands };
        }

        command = parsed;
        return true;
    }
}
