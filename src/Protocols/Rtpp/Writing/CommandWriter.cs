using System.Globalization;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Grammar;
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
internal static class CommandWriter
{
    /// <summary>
    /// The command without line end and cookie, which are the transport's; one character for each byte.
    /// </summary>
    public static string ToLine(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var words = new WordWriter();
        CommandGrammar grammar = CommandTable.Write(words, command);
        WriteSubCommands(words, command, grammar);
        string line = words.Line;
        CheckLength(line.Length);
        return line;
    }

    private static void CheckLength(int length)
    {
        if (length > CommandLimits.MaxLength)
        {
            throw new ArgumentException($"The command of {length} bytes is longer than {CommandLimits.MaxLength}.");
        }
    }

    private static void WriteSubCommands(WordWriter words, Command command, CommandGrammar grammar)
    {
        if (command.SubCommands.Count == 0)
        {
            return;
        }

        if (!grammar.TakesSubCommands)
        {
            throw new ArgumentException($"{command.GetType().Name} takes no sub-commands.", nameof(command));
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
                words.Remote(lookup.Remote);
                break;
            case ForkSubCommand fork:
                words.BeginSubCommand("C");
                words.Word(fork.SourceCall, nameof(fork.SourceCall));
                words.Word(fork.FromTag, nameof(fork.FromTag));
                words.Word(fork.ToTag, nameof(fork.ToTag));
                break;
            case DigitSubCommand digits:
                WriteDigits(words, digits);
                break;
            default:
                throw new ArgumentException(
                    $"{subCommand.GetType().Name} is no sub-command of the protocol.",
                    nameof(subCommand));
        }
    }

    private static void WriteDigits(WordWriter words, DigitSubCommand digits)
    {
        const int MaxPayloadType = 127;
        if (digits.Request is not { PayloadType: <= MaxPayloadType } request || digits.Instance < 1)
        {
            throw new ArgumentException(
                $"Digits need a request with a payload type of at most {MaxPayloadType}, and an instance from 1.", nameof(digits));
        }

        words.BeginSubCommand(string.Create(CultureInfo.InvariantCulture, $"M3:{digits.Instance}"));
        words.Word(PercentEncoding.Encode(request.Tag), nameof(request.Tag));
        if (request.Hide || request.PayloadType != DigitRequest.UsualPayloadType)
        {
            words.Word(request.PayloadType.ToString(CultureInfo.InvariantCulture), nameof(request.PayloadType));
        }

        if (request.Hide)
        {
            words.Word("h", nameof(request.Hide));
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
}
