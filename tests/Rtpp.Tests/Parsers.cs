using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>Parsers over the address books that the tests speak of, and the two calls every test makes.</summary>
public static class Parsers
{
    public static CommandParser Plain { get; } = Over(StubAddressBook.Wildcard);

    public static CommandParser Bridging { get; } = Over(StubAddressBook.Bridge("127.0.0.1", "127.0.0.2"));

    public static CommandParser Over(ILocalAddressBook addresses) => new(addresses, new StubServiceNames());

    public static ErrorCode ErrorOf(this CommandParser parser, string line)
    {
        ErrorCode error = parser.TryParse(Encoding.Latin1.GetBytes(line), out Command? command);
        (command is null).ShouldBe(error != ErrorCode.None, line);
        return error;
    }

    public static T Parse<T>(this CommandParser parser, string line)
        where T : Command
    {
        parser.TryParse(Encoding.Latin1.GetBytes(line), out Command? command).ShouldBe(ErrorCode.None, line);
        return command.ShouldBeOfType<T>();
    }
}
