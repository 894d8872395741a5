using System.Net;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests.Parsing;

/// <summary>
/// Modifiers, remote address and family rule of <c>U</c> and <c>L</c> (control protocol, sections 3.4 and 3.5).
/// </summary>
public sealed class LegTests
{
    private static readonly LocalAddress One = new(IPAddress.Parse("127.0.0.1"), Label: "one");
    private static readonly LocalAddress Two = new(IPAddress.Parse("127.0.0.2"), "198.51.100.9", "two");
    private static readonly LocalAddress OneAgain = new(IPAddress.Parse("127.0.0.1"), "203.0.113.1", "again");
    private static readonly LocalAddress Six = new(IPAddress.IPv6Loopback, Label: "six");
    private static readonly LocalAddress AdvertisedSix = new(IPAddress.IPv6Loopback, "2001:db8::1", "adv6");

    private static readonly BookedParser Labelled = Parsers.Over(new StubAddressBook(One, Two, OneAgain, Six, AdvertisedSix));

    private static LegModifiers Modifiers(string text, string address = "192.0.2.1", BookedParser? parser = null) =>
        (parser ?? Labelled).Parse<UpdateCommand>($"U{text} c {address} 4000 f").Modifiers!;

    private static LocalAddress? Chosen(string text, string address = "192.0.2.1", BookedParser? parser = null) =>
        (parser ?? Labelled).Chosen($"U{text} c {address} 4000 f");

    [Fact]
    public void No_modifiers_are_the_empty_record() => Modifiers("").ShouldBe(LegModifiers.None);

    [Theory]
    [InlineData("a", true)]
    [InlineData("s", false)]
    [InlineData("as", false)]
    [InlineData("SaA", true)]
    [InlineData("w", null)]
    public void The_last_of_a_and_s_wins(string text, bool? asymmetric) => Modifiers(text).Asymmetric.ShouldBe(asymmetric);

    [Fact]
    public void Plain_letters_may_repeat() =>
        Modifiers("wWnNww").ShouldBe(LegModifiers.None with { Weak = true, NewPort = true });

    [Theory]
    [InlineData("z20", 20)]
    [InlineData("Z+999", 999)]
    [InlineData("z0020", 20)]
    [InlineData("z20z30", 30)]
    [InlineData("z1w", 1)]
    public void Z_is_a_decimal_number_of_milliseconds(string text, int milliseconds) =>
        Modifiers(text).PtimeMilliseconds.ShouldBe(milliseconds);

    [Theory]
    [InlineData("z")]
    [InlineData("z+")]
    [InlineData("z-20")]
    [InlineData("z0")]
    [InlineData("z1000")]
    [InlineData("z99999999999999999999")]
    [InlineData("zw20")]
    public void A_z_outside_1_to_999_is_E13(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.Ptime);

    [Fact]
    public void C_takes_digits_and_commas_and_keeps_them_verbatim()
    {
        LegModifiers modifiers = Modifiers("c0,8,101,,w");
        modifiers.Codecs.ShouldBe("0,8,101,,");
        modifiers.Weak.ShouldBeTrue();
    }

    [Fact]
    public void A_six_behind_the_codecs_is_a_codec() => Modifiers("c96").IsIPv6.ShouldBeFalse();

    [Theory]
    [InlineData("c")]
    [InlineData("cw")]
    [InlineData("c0wc8")]
    public void An_empty_or_second_codec_list_is_E14(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.CodecList);

    [Theory]
    [InlineData("4"), InlineData("p"), InlineData("u"), InlineData("k"), InlineData("t"), InlineData("o")]
    [InlineData("d")]
    [InlineData("x"), InlineData("b"), InlineData("["), InlineData("\x80"), InlineData("w-")]
    public void Any_other_byte_is_E35(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.Modifier);

    [Fact]
    public void Every_byte_that_is_no_modifier_is_E35()
    {
        foreach (char modifier in Enumerable.Range(1, 255).Select(b => (char)b).Except("aceilnrswzACEILNRSWZ6 \t\r\n"))
        {
            Labelled.ErrorOf($"U{modifier} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.Modifier, $"byte {(int)modifier}");
        }
    }

    [Theory]
    [InlineData("i", Direction.Internal, null)]
    [InlineData("e", Direction.External, null)]
    [InlineData("ie", Direction.Internal, Direction.External)]
    [InlineData("EnI", Direction.External, Direction.Internal)]
    public void Direction_letters_are_kept_in_order(string text, Direction first, Direction? second)
    {
        LegModifiers modifiers = Modifiers(text, parser: Parsers.Bridging);
        modifiers.FirstDirection.ShouldBe(first);
        modifiers.SecondDirection.ShouldBe(second);
        Chosen(text, parser: Parsers.Bridging).ShouldBeNull();
    }

    [Theory]
    [InlineData("iei", ErrorCode.InternalDirection)]
    [InlineData("iee", ErrorCode.ExternalDirection)]
    public void A_third_direction_letter_is_refused_under_its_own_code(string text, ErrorCode error) =>
        Parsers.Bridging.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(error);

    [Theory]
    [InlineData("l127.0.0.2", "127.0.0.2")]
    [InlineData("l127.2", "127.0.0.2")]
    [InlineData("l2130706434", "127.0.0.2")]
    [InlineData("l0177.0.0.02", "127.0.0.2")]
    [InlineData("l[::1]", "::1")]
    [InlineData("L[0:0:0:0:0:0:0:1]", "::1")]
    public void L_reads_an_address_as_the_C_library_does(string text, string address) =>
        Modifiers(text).Local.ShouldBe(new LocalSelector.Literal(IPAddress.Parse(address)));

    [Fact]
    public void L_by_address_selects_the_newest_entry_of_that_address() =>
        Chosen("l127.0.0.1").ShouldBe(OneAgain);

    [Fact]
    public void L_by_label_selects_exactly_that_entry()
    {
        LegModifiers modifiers = Modifiers("l{one}w");
        modifiers.Local.ShouldBe(new LocalSelector.Labelled("one"));
        Chosen("l{one}w").ShouldBe(One);
        modifiers.Weak.ShouldBeTrue();
    }

    [Fact]
    public void L_may_name_an_address_that_is_not_configured() =>
        Chosen("l192.0.2.55").ShouldBe(new LocalAddress(IPAddress.Parse("192.0.2.55")));

    [Theory]
    [InlineData("l"), InlineData("lw"), InlineData("l{}"), InlineData("l{one"), InlineData("l[]"), InlineData("l[::1")]
    [InlineData("l[::1%lo]"), InlineData("l[::ffff:127.0.0.1]"), InlineData("l[{one}]"), InlineData("l(one)")]
    [InlineData("l{")]
    public void A_malformed_argument_of_l_is_E15(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.LocalAddressSyntax);

    [Theory]
    [InlineData("l{ONE}"), InlineData("l300.1.1.1"), InlineData("l1.2.3.4.5"), InlineData("l."), InlineData("l1..2")]
    [InlineData("l127.0.0.1."), InlineData("l08.0.0.1"), InlineData("l[:]"), InlineData("l[1:2]"), InlineData("l[:::]")]
    [InlineData("l4294967296"), InlineData("l1.16777216"), InlineData("l1.2.65536"), InlineData("l[12345::]")]
    public void An_argument_of_l_that_is_no_address_or_label_is_E31(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.LocalAddress);

    [Fact]
    public void R_selects_the_entry_that_routes_to_an_address()
    {
        LegModifiers modifiers = Modifiers("r127.0.0.1");
        modifiers.Local.ShouldBe(new LocalSelector.RouteTo(IPAddress.Parse("127.0.0.1")));
        Chosen("r127.0.0.1").ShouldBe(OneAgain);
    }

    [Theory]
    [InlineData("r"), InlineData("r{one}"), InlineData("r[]"), InlineData("r[::1"), InlineData("rw")]
    public void A_malformed_argument_of_r_is_E16(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.RouteAddressSyntax);

    [Theory]
    [InlineData("r1.2.3.4.5"), InlineData("r[1:2:3:4:5]"), InlineData("r192.0.2.1")]
    public void An_argument_of_r_without_a_route_is_E32(string text) =>
        Labelled.ErrorOf($"U{text} c 192.0.2.1 4000 f").ShouldBe(ErrorCode.RouteAddress);

    [Fact]
    public void The_last_of_l_and_r_wins()
    {
        Chosen("l{two}r127.0.0.1").ShouldBe(OneAgain);
        Chosen("r127.0.0.1l{two}").ShouldBe(Two);
        Modifiers("l{two}l{six}").Local.ShouldBe(new LocalSelector.Labelled("six"));
    }

    [Fact]
    public void An_address_of_another_family_than_the_first_bind_address_selects_the_newest_of_its_own()
    {
        Chosen("6", "::1").ShouldBe(AdvertisedSix);
        Chosen("", parser: Parsers.Over(new StubAddressBook(Six, One, Two))).ShouldBe(Two);
    }

    [Fact]
    public void L_and_r_switch_the_family_rule_off() => Chosen("6l{one}", "::1").ShouldBe(One);

    [Fact]
    public void A_direction_letter_switches_the_family_rule_off() =>
        Chosen("6i", "::1", Parsers.Bridging).ShouldBeNull();

    [Fact]
    public void Without_an_address_of_the_family_of_the_remote_it_is_E36()
    {
        Parsers.Plain.ErrorOf("U6 c ::1 4000 f").ShouldBe(ErrorCode.AddressFamily);
        Parsers.Over(new StubAddressBook(Six)).ErrorOf("L c 192.0.2.1 4000 f t").ShouldBe(ErrorCode.AddressFamily);
    }

    [Theory]
    [InlineData("", "192.0.2.1", "192.0.2.1")]
    [InlineData("", "0.0.0.0", "0.0.0.0")]
    [InlineData("", "0x7f.0.1", "127.0.0.1")]
    [InlineData("", "0X7F000001", "127.0.0.1")]
    [InlineData("", "3221225985", "192.0.2.1")]
    [InlineData("6", "::", "::")]
    [InlineData("6", "::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("6", "2001:DB8::9", "2001:db8::9")]
    [InlineData("6", "fe80::1%3", "fe80::1%3")]
    public void A_remote_address_is_a_numeric_literal_of_its_family(string modifiers, string text, string address)
    {
        RemoteMedia remote = Labelled.Parse<UpdateCommand>($"U{modifiers} c {text} 4000 f").Remote;
        remote.ShouldBe(new RemoteMedia(text, "4000") { Address = IPAddress.Parse(address), Port = 4000 });
    }

    [Theory]
    [InlineData("", "0"), InlineData("", "1.2.34"), InlineData("", "::1"), InlineData("", "1234567890123456")]
    [InlineData("6", ":"), InlineData("6", "1234567890123456789012345678901234567890123456")]
    public void An_address_too_short_or_too_long_is_ignored_and_its_port_with_it(string modifiers, string text) =>
        Labelled.Parse<UpdateCommand>($"U{modifiers} c {text} nonsense f").Remote
            .ShouldBe(new RemoteMedia(text, "nonsense"));

    [Theory]
    [InlineData("", "300.1.1.1"), InlineData("", "host.example"), InlineData("", "224.2.1.1/127")]
    [InlineData("", "2001:db8::1")]
    [InlineData("", "1.2.3.4."), InlineData("", "0x.0.0.1"), InlineData("", "127.0.0.0x"), InlineData("", "09.1.1.1")]
    [InlineData("6", "127.0.0.1"), InlineData("6", "[::1]"), InlineData("6", "::1/64"), InlineData("6", "[::1]:80")]
    [InlineData("6", "::1%"), InlineData("6", "%1"), InlineData("6", "fe80::1%nowhere0")]
    [InlineData("6", "12345::"), InlineData("6", "1::2::3"), InlineData("6", ":::")]
    public void A_remote_address_that_is_no_literal_is_E37(string modifiers, string text) =>
        Labelled.ErrorOf($"U{modifiers} c {text} 4000 f").ShouldBe(ErrorCode.RemoteAddress);

    [Theory]
    [InlineData("0", 0), InlineData("65535", 65535), InlineData("0004000", 4000)]
    [InlineData(StubServiceNames.KnownName, 5060)]
    public void A_remote_port_is_digits_or_a_service(string text, int port) =>
        Labelled.Parse<UpdateCommand>($"U c 192.0.2.1 {text} f").Remote.Port.ShouldBe((ushort)port);

    [Theory]
    [InlineData("-1"), InlineData("abc"), InlineData("0x10"), InlineData("1.5"), InlineData("+5"), InlineData("7002/2")]
    [InlineData("65536"), InlineData("18446744073709551616"), InlineData("99999999999999999999999999")]
    [InlineData("SIP")]
    public void A_remote_port_that_is_neither_or_above_65535_is_E37(string text) =>
        Labelled.ErrorOf($"U c 192.0.2.1 {text} f").ShouldBe(ErrorCode.RemoteAddress);
}
