using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>
/// Turns a command line into a <see cref="Command"/> or the error that the protocol answers: steps 1 to 7 of the order of
/// checks (control protocol, section 2.4). What needs a session or the daemon's state comes after it; what needs the daemon's
/// addresses is put as questions.
/// </summary>
/// <remarks>Thread-safe: holds no state beside the service it asks.</remarks>
public sealed class CommandParser
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
        if (!CommandShape.TryFind(main[0], out CommandShape shape))
        {
            return ErrorCode.UnknownCommand;
        }

        if (main.Count < shape.MinWords || main.Count > shape.MaxWords)
        {
            return ErrorCode.ArgumentCount;
        }

        ReadOnlySpan<byte> modifiers = main[0][shape.NameLength..];
        if (!shape.TakesModifiers && !modifiers.IsEmpty)
        {
            return ErrorCode.UnexpectedModifier;
        }

        if (!shape.TakesSubCommands && words.SubCommandCount > 0)
        {
            return ErrorCode.SubCommand;
        }

        ErrorCode error = ParseMain(shape.Kind, main, modifiers, questions, out Command? parsed);
        if (error != ErrorCode.None)
        {
            return error;
        }

        if (shape.FromTagIndex > 0 && main.IsEmptyBefore(shape.FromTagIndex))
        {
            parsed = parsed! with { FromTagMayBeEmpty = true };
        }

        return TryAddSubCommands(words, questions, ref parsed!, out command) ? ErrorCode.None : ErrorCode.SubCommand;
    }

    private ErrorCode ParseMain(
        CommandKind kind, Words words, ReadOnlySpan<byte> modifiers, List<AddressQuestion> questions, out Command? command)
    {
        switch (kind)
        {
            case CommandKind.Version:
                command = new VersionCommand(words.TextOrNull(1));
                return ErrorCode.None;
            case CommandKind.Update:
                return ParseUpdate(words, modifiers, questions, out command);
            case CommandKind.Lookup:
                return ParseLookup(words, modifiers, questions, out command);
            case CommandKind.Delete:
                return ParseDelete(words, modifiers, out command);
            case CommandKind.Play:
                return ParsePlay(words, modifiers, out command);
            case CommandKind.NoPlay:
                command = new NoPlayCommand(words.Text(1), words.Text(2), words.TextOrNull(3));
                return ErrorCode.None;
            case CommandKind.Record:
                return ParseRecord(words, modifiers, out command);
            case CommandKind.Copy:
                return ParseCopy(words, modifiers, out command);
            case CommandKind.NoRecord:
                return ParseNoRecord(words, modifiers, out command);
            case CommandKind.Query:
                command = ParseQuery(words, modifiers);
                return ErrorCode.None;
            case CommandKind.Stats:
                return ParseStats(words, modifiers, out command);
            case CommandKind.Info:
                return ParseInfo(modifiers, out command);
            default:
                command = new DeleteAllCommand();
                return ErrorCode.None;
        }
    }

    private ErrorCode ParseUpdate(
        Words words, ReadOnlySpan<byte> modifierText, List<AddressQuestion> questions, out Command? command)
    {
        command = null;

        // The count decides: 5 no to-tag, 6 to-tag, 7 notify pair without to-tag, 8 both; or 7 with a to-tag and a socket that
        // has no tag, which Kamailio 5.6 sends.
        bool isBareSocket = words.Count == 7 && NotifySocketText.IsSocket(words[6]) && !NotifySocketText.IsSocket(words[5]);
        NotifyTarget? notify = null;
        if (words.Count >= 7 && !isBareSocket)
        {
            if (!PercentEncoding.TryDecode(words[words.Count - 1], out byte[] tag))
            {
                return ErrorCode.NotifyTagEscape;
            }

            notify = new NotifyTarget(words.Text(words.Count - 2), tag);
        }

        ErrorCode error = _legs.TryParse(
            modifierText,
            words[2],
            words[3],
            questions,
            out LegModifiers modifiers,
            out RemoteMedia? remote);
        if (error != ErrorCode.None)
        {
            return error;
        }

        string? toTag = words.Count is 6 or 8 || isBareSocket ? words.Text(5) : null;
        command = new UpdateCommand(words.Text(1), remote!, words.Text(4), toTag, modifiers, notify)
        {
            SocketWithoutTag = isBareSocket ? words.Text(6) : null,
        };
        return ErrorCode.None;
    }

    private ErrorCode ParseLookup(
        Words words, ReadOnlySpan<byte> modifierText, List<AddressQuestion> questions, out Command? command)
    {
        ErrorCode error = _legs.TryParse(
            modifierText,
            words[2],
            words[3],
            questions,
            out LegModifiers modifiers,
            out RemoteMedia? remote);
        command = error == ErrorCode.None
            ? new LookupCommand(words.Text(1), remote!, words.Text(4), words.TextOrNull(5), modifiers)
            : null;
        return error;
    }

    private static ErrorCode ParseDelete(Words words, ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        if (!Letters.AreAll(modifiers, 'w'))
        {
            return ErrorCode.DeleteModifier;
        }

        command = new DeleteCommand(words.Text(1), words.Text(2), words.TextOrNull(3), Weak: !modifiers.IsEmpty);
        return ErrorCode.None;
    }

    private static ErrorCode ParsePlay(Words words, ReadOnlySpan<byte> countText, out Command? command)
    {
        command = null;
        int count = 1;
        if (!countText.IsEmpty && !DecimalNumber.TryParseSigned(countText, out count))
        {
            return ErrorCode.PlayCount;
        }

        command = new PlayCommand(
            words.Text(1),
            words.Text(2),
            words.Text(3),
            words.Text(4),
            words.TextOrNull(5),
            count);
        return ErrorCode.None;
    }

    private static ErrorCode ParseRecord(Words words, ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        foreach (byte modifier in modifiers)
        {
            switch (Letters.Lower(modifier))
            {
                case 's':
                    break;
                case 'p':
                    return ErrorCode.RecordModifierPlacement;
                default:
                    return ErrorCode.RecordModifier;
            }
        }

        command = new RecordCommand(words.Text(1), words.Text(2), words.TextOrNull(3), SingleFile: !modifiers.IsEmpty);
        return ErrorCode.None;
    }

    private static ErrorCode ParseCopy(Words words, ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        if (!Letters.AreAmong(modifiers, 's', 'p', out bool singleFile, out bool reportPort))
        {
            return ErrorCode.RecordModifier;
        }

        command = new CopyCommand(
            words.Text(1),
            words.Text(2),
            words.Text(3),
            words.TextOrNull(4),
            singleFile,
            reportPort);
        return ErrorCode.None;
    }

    private static ErrorCode ParseNoRecord(Words words, ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        bool bothParties = !modifiers.IsEmpty;
        if (bothParties && Letters.Lower(modifiers[0]) != 'a')
        {
            return ErrorCode.RecordModifier;
        }

        if (modifiers.Length > 1)
        {
            return ErrorCode.RecordModifierPlacement;
        }

        command = new NoRecordCommand(words.Text(1), words.Text(2), words.TextOrNull(3), bothParties);
        return ErrorCode.None;
    }

    private static QueryCommand ParseQuery(Words words, ReadOnlySpan<byte> modifiers) => new(
        words.Text(1),
        words.Text(2),
        words.TextOrNull(3),
        TextsFrom(words, 4),
        Encoding.Latin1.GetString(modifiers));

    private static ErrorCode ParseStats(Words words, ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        if (!Letters.AreAll(modifiers, 'v'))
        {
            return ErrorCode.StatsModifier;
        }

        command = new StatsCommand(TextsFrom(words, 1), Verbose: !modifiers.IsEmpty);
        return ErrorCode.None;
    }

    private static ErrorCode ParseInfo(ReadOnlySpan<byte> modifiers, out Command? command)
    {
        command = null;
        if (!Letters.AreAmong(modifiers, 'b', 'l', out bool brief, out bool load))
        {
            return ErrorCode.InfoModifier;
        }

        command = new InfoCommand(brief, load);
        return ErrorCode.None;
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

    private static string[] TextsFrom(Words words, int first)
    {
        if (words.Count <= first)
        {
            return [];
        }

        var texts = new string[words.Count - first];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = words.Text(first + i);
        }

        return texts;
    }
}
