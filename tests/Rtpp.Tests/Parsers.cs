using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests;

/// <summary>Parsers over the address books that the tests speak of, and the two calls every test makes.</summary>
public static class Parsers
{
    public static BookedParser Plain { get; } = Over(StubAddressBook.Wildcard);

    public static BookedParser Bridging { get; } = Over(StubAddressBook.Bridge("127.0.0.1", "127.0.0.2"));

    public static BookedParser Over(ILocalAddressBook addresses) => new(addresses);

    public static ErrorCode ErrorOf(this BookedParser parser, string line)
    {
        ErrorCode error = parser.TryParse(Encoding.Latin1.GetBytes(line), out Command? command);
        (command is null).ShouldBe(error != ErrorCode.None, line);
        return error;
    }

    public static T Parse<T>(this BookedParser parser, string line)
        where T : Command
    {
        parser.TryParse(Encoding.Latin1.GetBytes(line), out Command? command).ShouldBe(ErrorCode.None, line);
        return command.ShouldBeOfType<T>();
    }
}
