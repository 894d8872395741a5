using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Tests.Fuzz;

/// <summary>
/// Any bytes as a command: never an exception, and what was parsed can be written and means the same when it is parsed
/// again.
/// </summary>
public static class CommandParserTarget
{
    private static readonly BookedParser Parser = Parsers.Over(new AnyAddressBook());

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        Parsers.Plain.TryParse(data, out _);
        ErrorCode error = Parser.TryParse(data, out Command? command);
        if (error != ErrorCode.None)
        {
            command.ShouldBeNull();
            return;
        }

        if (command!.SubCommands.Any(subCommand => subCommand is DigitSubCommand { Request: null }))
        {
            return; // What a module refuses is understood, so that it can fail in its turn; nobody would write it.
        }

        string line;
        try
        {
            line = CommandWriter.ToLine(command);
        }
        catch (ArgumentException) when (data.Length > CommandLimits.MaxLength / 3)
        {
            return; // A notify tag grows to three times its length when every byte of it needs an escape.
        }

        Parser.TryParse(System.Text.Encoding.Latin1.GetBytes(line), out Command? again).ShouldBe(ErrorCode.None, line);
        CommandWriter.ToLine(again!).ShouldBe(line);
    }
}
