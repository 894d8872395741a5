using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>The parser, and a daemon with these addresses that answers its questions.</summary>
public sealed class BookedParser(ILocalAddressBook addresses)
{
    private readonly CommandParser _parser = new(new StubServiceNames());

    /// <returns>The code of the error reply, or <see cref="ErrorCode.None"/>.</returns>
    public ErrorCode TryParse(ReadOnlySpan<byte> line, out Command? command)
    {
        ParsedLine parsed = _parser.Parse(line);
        ErrorCode refused = new AddressAnswers(addresses).Ask(parsed.Questions);
        command = refused == ErrorCode.None ? parsed.Command : null;
        return refused == ErrorCode.None ? parsed.Error : refused;
    }

    /// <summary>The address that a leg of a good command is given; null where nothing is said of it.</summary>
    public LocalAddress? Chosen(string line)
    {
        ParsedLine parsed = _parser.Parse(System.Text.Encoding.Latin1.GetBytes(line));
        var answers = new AddressAnswers(addresses);
        answers.Ask(parsed.Questions).ShouldBe(ErrorCode.None, line);
        return answers.Chosen(parsed.Command.ShouldBeOfType<UpdateCommand>().Modifiers!);
    }
}
