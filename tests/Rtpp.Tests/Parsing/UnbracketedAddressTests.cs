using System.Net;
using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

/// <summary>IPv6 addresses without brackets after <c>r</c> and <c>l</c>, as OpenSIPS writes them.</summary>
public sealed class UnbracketedAddressTests
{
    [Theory]
    [InlineData("6R::1c0", "::1", "0")]
    [InlineData("6R::1c0,8,101", "::1", "0,8,101")]
    [InlineData("6R::1C0,8", "::1", "0,8")]
    [InlineData("6R::1", "::1", null)]
    [InlineData("R::1", "::1", null)]
    [InlineData("6R2001:db8::c0dec0,8", "2001:db8::c0de", "0,8")]
    [InlineData("6R2001:db8::c0c0", "2001:db8::c0", "0")]
    [InlineData("6R2001:db8::c0de", "2001:db8::c0de", null)]
    [InlineData("6R2001:db8:1:2:3:4:5:6c18", "2001:db8:1:2:3:4:5:6", "18")]
    [InlineData("6R::ffff:192.0.2.1c0", "::ffff:192.0.2.1", "0")]
    [InlineData("6R::1z20c18", "::1", "18")]
    [InlineData("6Z20R::1c18", "::1", "18")]
    [InlineData("6R::1c", "::1c", null)]
    [InlineData("6R::1s", "::1", null)]
    [InlineData("6R::1w", "::1", null)]
    [InlineData("6R[::1]c0", "::1", "0")]
    [InlineData("6R127.0.0.2c0,8,101", "127.0.0.2", "0,8,101")]
    [InlineData("R127.0.0.2", "127.0.0.2", null)]
    public void After_r_the_address_ends_where_the_codec_list_begins(string modifiers, string remote, string? codecs)
    {
        LegModifiers read = Read(modifiers);

        read.Local.ShouldBe(new LocalSelector.RouteTo(IPAddress.Parse(remote)));
        read.Codecs.ShouldBe(codecs);
    }

    [Theory]
    [InlineData("6l::1c0", "::1", "0")]
    [InlineData("6lfe80::1", "fe80::1", null)]
    public void After_l_it_is_the_same(string modifiers, string local, string? codecs)
    {
        LegModifiers read = Read(modifiers);

        read.Local.ShouldBe(new LocalSelector.Literal(IPAddress.Parse(local)));
        read.Codecs.ShouldBe(codecs);
    }

    [Theory]
    [InlineData("6R:", ErrorCode.RouteAddress)]
    [InlineData("6R1:2c0", ErrorCode.RouteAddress)]
    [InlineData("6R1:2:3:4:5", ErrorCode.RouteAddress)]
    [InlineData("6l1:2:3", ErrorCode.LocalAddress)]
    [InlineData("6R", ErrorCode.RouteAddressSyntax)]
    [InlineData("6Rabc", ErrorCode.RouteAddressSyntax)]
    [InlineData("6R[::1", ErrorCode.RouteAddressSyntax)]
    [InlineData("6R::1,8", ErrorCode.Modifier)]
    public void What_is_no_address_is_an_error(string modifiers, ErrorCode error) =>
        Parsers.Over(new AnyAddressBook())
            .TryParse(Encoding.Latin1.GetBytes($"U{modifiers} call ::1 4000 f"), out _).ShouldBe(error);

    private static LegModifiers Read(string modifiers)
    {
        string remote = modifiers.Contains('6', StringComparison.Ordinal) && modifiers.StartsWith('6') ? "::1" : "192.0.2.1";
        Parsers.Over(new AnyAddressBook())
            .TryParse(Encoding.Latin1.GetBytes($"U{modifiers} call {remote} 4000 f"), out Command? command)
            .ShouldBe(ErrorCode.None);
        return ((UpdateCommand)command!).Modifiers!;
    }
}
