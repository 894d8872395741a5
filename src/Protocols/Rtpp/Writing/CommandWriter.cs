using System.Globalization;
using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Writing;

/// <summary>
/// Writes commands as a controller sends them (control protocol, sections 3 and 4): what <see cref="CommandParser"/> reads
/// back as the same record. The order and case of modifiers are those of Kamailio's module.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ArgumentException"/>, naming the argument, for a record that no command line can say: a
/// word that is empty, holds a separator or a NUL, or is no Latin-1; too many words or sub-commands; a value out of range.
/// </remarks>
public static class CommandWriter
{
    /// <summary>
    /// The command without line end and cookie, for a <c>unix:</c> socket; one character for each byte.
    /// </summary>
    public static string ToLine(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = new WordWriter();
        WriteMain(words, command);
        WriteSubCommands(words, command);
        string line = words.Line;
        CheckLength(line.Length);
        return line;
    }

    /// <summary>
    /// The bytes for a stream that carries many commands (<c>cunix</c>, <c>tcp</c>, <c>stdio</c>): with LF.
    /// </summary>
    public static byte[] ToStream(Command command) => Encoding.Latin1.GetBytes(ToLine(command) + '\n');

    /// <summary>The bytes of a datagram: cookie, space, command.</summary>
    /// <param name="cookie">One word, at most <see cref="DatagramCommand.MaxCookieLength"/> characters.</param>
    public static byte[] ToDatagram(string cookie, Command command)
    {
        WordWriter.Check(cookie, nameof(cookie));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cookie.Length, DatagramCommand.MaxCookieLength, nameof(cookie));
        string datagram = $"{cookie} {ToLine(command)}";
        CheckLength(datagram.Length);
        return Encoding.Latin1.GetBytes(datagram);
    }

    private static void CheckLength(int length)
    {
        if (length > CommandLimits.MaxLength)
        {
            throw new ArgumentException($"The command of {length} bytes is longer than {CommandLimits.MaxLength}.");
        }
    }

    private static void WriteMain(WordWriter words, Command command)
    {
        switch (command)
        {
            case VersionCommand version:
                words.Begin(version.Capability is null ? "V" : "VF");
                words.OptionalWord(version.Capability, nameof(version.Capability));
                break;
            case UpdateCommand update:
                WriteUpdate(words, update);
                break;
            case LookupCommand lookup:
                words.Begin(LegModifierText.Write('L', lookup.Modifiers));
                words.Word(lookup.Call, nameof(lookup.Call));
                WriteRemote(words, lookup.Remote);
                WriteTags(words, lookup.FromTag, lookup.ToTag);
                break;
            case DeleteCommand delete:
                words.Begin(delete.Weak ? "Dw" : "D");
                words.Word(delete.Call, nameof(delete.Call));
                WriteTags(words, delete.FromTag, delete.ToTag);
                break;
            case PlayCommand play:
                words.Begin("P" + play.Count.ToString(CultureInfo.InvariantCulture));
                words.Word(play.Call, nameof(play.Call));
                words.Word(play.Prompt, nameof(play.Prompt));
                words.Word(play.Codecs, nameof(play.Codecs));
                WriteTags(words, play.FromTag, play.ToTag);
                break;
            case NoPlayCommand stop:
                words.Begin("S");
                words.Word(stop.Call, nameof(stop.Call));
                WriteTags(words, stop.FromTag, stop.ToTag);
                break;
            case RecordCommand record:
                words.Begin(record.SingleFile ? "Rs" : "R");
                words.Word(record.Call, nameof(record.Call));
                WriteTags(words, record.FromTag, record.ToTag);
                break;
            case CopyCommand copy:
                words.Begin("C" + (copy.SingleFile ? "s" : "") + (copy.ReportPort ? "p" : ""));
                words.Word(copy.Call, nameof(copy.Call));
                words.Word(copy.Target, nameof(copy.Target));
                WriteTags(words, copy.FromTag, copy.ToTag);
                break;
            case NoRecordCommand stop:
                words.Begin(stop.BothParties ? "Na" : "N");
                words.Word(stop.Call, nameof(stop.Call));
                WriteTags(words, stop.FromTag, stop.ToTag);
                break;
            case QueryCommand query:
                WriteQuery(words, query);
                break;
            case StatsCommand stats:
                words.Begin(stats.Verbose ? "Gv" : "G");
                WriteAll(words, stats.Names, nameof(stats.Names));
                break;
            case InfoCommand info:
                words.Begin("I" + (info.Brief ? "b" : "") + (info.Load ? "l" : ""));
                break;
            case DeleteAllCommand:
                words.Begin("X");
                break;
            default:
                throw new ArgumentException($"{command.GetType().Name} is no command of the protocol.", nameof(command));
        }
    }

    private static void WriteUpdate(WordWriter words, UpdateCommand update)
    {
        words.Begin(LegModifierText.Write('U', update.Modifiers));
        words.Word(update.Call, nameof(update.Call));
        WriteRemote(words, update.Remote);
        WriteTags(words, update.FromTag, update.ToTag);
        if (update.Notify is { } notify)
        {
            words.Word(notify.Socket, nameof(notify.Socket));
            words.Word(PercentEncoding.Encode(notify.Tag), nameof(notify.Tag));
        }
    }

    private static void WriteQuery(WordWriter words, QueryCommand query)
    {
        const int MaxNames = 11;
        if (query.Modifiers.Length > 0)
        {
            WordWriter.Check(query.Modifiers, nameof(query.Modifiers));
        }

        if (query.Names.Count > 0 && query.ToTag is null)
        {
            throw new ArgumentException("Names can only be asked for behind a to-tag; any text will do.", nameof(query));
        }

        if (query.Names.Count > MaxNames)
        {
            throw new ArgumentException($"{query.Names.Count} names are asked for; at most {MaxNames} can be.", nameof(query));
        }

        words.Begin("Q" + query.Modifiers);
        words.Word(query.Call, nameof(query.Call));
        WriteTags(words, query.FromTag, query.ToTag);
        WriteAll(words, query.Names, nameof(query.Names));
    }

    private static void WriteSubCommands(WordWriter words, Command command)
    {
        if (command.SubCommands.Count == 0)
        {
            return;
        }

        if (command is not (UpdateCommand or LookupCommand or QueryCommand))
        {
            throw new ArgumentException($"{command.Kind} takes no sub-commands.", nameof(command));
        }

        if (command.SubCommands.Count > CommandLimits.MaxSubCommands)
        {
            throw new ArgumentException(
                $"There are {command.SubCommands.Count} sub-commands; at most {CommandLimits.MaxSubCommands} fit.",
                nameof(command));
        }

        bool isDualLeg = command is UpdateCommand { ToTag: not null };
        foreach (SubCommand subCommand in command.SubCommands)
        {
            if (!isDualLeg && subCommand is (LookupSubCommand or ForkSubCommand))
            {
                throw new ArgumentException("The sub-commands L and C follow only an Update with a to-tag.", nameof(command));
            }

            WriteSubCommand(words, subCommand);
        }
    }

    private static void WriteSubCommand(WordWriter words, SubCommand subCommand)
    {
        switch (subCommand)
        {
            case DeleteSubCommand delete:
                words.BeginSubCommand(delete.Weak ? "Dw" : "D");
                break;
            case SetTtlSubCommand ttl:
                WriteSetting(words, "ttl=", ttl.Seconds, ttl.Outgoing);
                break;
            case SetTosSubCommand tos:
                WriteSetting(words, "tos=", tos.Tos, tos.Outgoing);
                break;
            case LookupSubCommand lookup:
                words.BeginSubCommand(LegModifierText.Write('L', lookup.Modifiers));
                WriteRemote(words, lookup.Remote);
                break;
            case ForkSubCommand fork:
                words.BeginSubCommand("C");
                words.Word(fork.SourceCall, nameof(fork.SourceCall));
                words.Word(fork.FromTag, nameof(fork.FromTag));
                words.Word(fork.ToTag, nameof(fork.ToTag));
                break;
            default:
                throw new ArgumentException(
                    $"{subCommand.GetType().Name} is no sub-command of the protocol.",
                    nameof(subCommand));
        }
    }

    private static void WriteSetting(WordWriter words, string property, int value, bool outgoing)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{property}{value} is out of range; the least value is 1.", nameof(value));
        }

        words.BeginSubCommand(outgoing ? "Sr" : "S");
        words.Word(property + value.ToString(CultureInfo.InvariantCulture), nameof(value));
    }

    private static void WriteRemote(WordWriter words, RemoteMedia remote)
    {
        words.Word(remote.AddressText, nameof(remote.AddressText));
        words.Word(remote.PortText, nameof(remote.PortText));
    }

    private static void WriteTags(WordWriter words, string fromTag, string? toTag)
    {
        words.Word(fromTag, nameof(DeleteCommand.FromTag));
        words.OptionalWord(toTag, nameof(DeleteCommand.ToTag));
    }

    private static void WriteAll(WordWriter words, IReadOnlyList<string> texts, string name)
    {
        foreach (string text in texts)
        {
            words.Word(text, name);
        }
    }
}
