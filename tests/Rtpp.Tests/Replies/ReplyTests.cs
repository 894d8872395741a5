using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Replies;

namespace RtpProxy.Protocols.Rtpp.Tests.Replies;

/// <summary>Replies as a controller reads them, the original daemon's and those it was seen to put up with.</summary>
public sealed class ReplyTests
{
    private static Reply Parse(string text)
    {
        Reply.TryParse(text, out Reply? reply).ShouldBeTrue();
        return reply!;
    }

    [Fact]
    public void No_bytes_are_no_reply()
    {
        Reply.TryParse("", out Reply? reply).ShouldBeFalse();
        reply.ShouldBeNull();
        Reply.TryParse([], out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("0\n"), InlineData("0"), InlineData(" 0\r\n")]
    public void Zero_is_success_or_no_such_session(string text)
    {
        Reply reply = Parse(text);
        reply.IsZero.ShouldBeTrue();
        reply.IsError.ShouldBeFalse();
        reply.TryGetPort(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("E72\n", 72, ErrorCode.SessionPorts)]
    [InlineData("E0", 0, ErrorCode.UnknownCommand)]
    [InlineData("E50 no such session\r\n", 50, ErrorCode.UnknownSession)]
    [InlineData("E82\n", 82, ErrorCode.None)]
    [InlineData("ERR\n", null, ErrorCode.None)]
    [InlineData("E-1\n", null, ErrorCode.None)]
    public void An_error_begins_with_E(string text, int? number, ErrorCode code)
    {
        Reply reply = Parse(text);
        reply.IsError.ShouldBeTrue();
        reply.ErrorNumber.ShouldBe(number);
        reply.Error.ShouldBe(code);
        reply.TryGetPort(out _).ShouldBeFalse();
        reply.TryGetNumbers(out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("35706\n", 35706, null, false)]
    [InlineData("35706 127.0.0.5\n", 35706, "127.0.0.5", false)]
    [InlineData("  35706\t127.0.0.5\r\n", 35706, "127.0.0.5", false)]
    [InlineData("35706 127.0.0.5", 35706, "127.0.0.5", false)]
    [InlineData("31050 ::1 6\n", 31050, "::1", true)]
    [InlineData("31050 ::1 6x more\nlines\n", 31050, "::1", true)]
    [InlineData("31050 ::1\n", 31050, "::1", false)]
    [InlineData("36100 192.0.2.5 && 0", 36100, "192.0.2.5", false)]
    [InlineData("36100 && 36200\n", 36100, null, false)]
    [InlineData("65535 host.example x", 65535, "host.example", false)]
    [InlineData("1/2 127.0.0.1", 1, "127.0.0.1", false)]
    public void A_port_may_come_with_an_address_and_a_family(string text, int port, string? address, bool isIPv6)
    {
        Parse(text).TryGetPort(out PortReply reply).ShouldBeTrue();
        reply.ShouldBe(new PortReply((ushort)port, address, isIPv6));
    }

    [Theory]
    [InlineData("0 127.0.0.1\n"), InlineData("65536\n"), InlineData("99999999999999999999"), InlineData("-1")]
    [InlineData("port"), InlineData("\n")]
    public void A_number_outside_1_to_65535_is_no_port(string text) => Parse(text).TryGetPort(out _).ShouldBeFalse();

    [Fact]
    public void Statistics_are_numbers_in_the_order_asked()
    {
        Parse("59 20 25 45 0\n").TryGetNumbers(out IReadOnlyList<decimal> numbers).ShouldBeTrue();
        numbers.ShouldBe([59, 20, 25, 45, 0]);
        Parse("18446744073709551615 0.020000\n").TryGetNumbers(out numbers).ShouldBeTrue();
        numbers.ShouldBe([ulong.MaxValue, 0.02m]);
    }

    [Theory]
    [InlineData("\n"), InlineData("1 x\n"), InlineData("1e5"), InlineData("0x10")]
    public void Anything_but_numbers_is_no_list_of_them(string text)
    {
        Parse(text).TryGetNumbers(out IReadOnlyList<decimal> numbers).ShouldBeFalse();
        numbers.ShouldBeEmpty();
    }

    [Fact]
    public void Verbose_statistics_are_names_and_values()
    {
        Parse("ttl=60 npkts_ina=0 ttl=\n").TryGetNamedValues(out IReadOnlyList<KeyValuePair<string, string>> values).ShouldBeTrue();
        values.ShouldBe([new("ttl", "60"), new("npkts_ina", "0"), new("ttl", "")]);
        Parse("ttl=60 0\n").TryGetNamedValues(out values).ShouldBeFalse();
        Parse("=60\n").TryGetNamedValues(out values).ShouldBeFalse();
        values.ShouldBeEmpty();
    }

    [Fact]
    public void A_summary_is_lines() =>
        Parse("sessions created: 1\nactive sessions: 1\r\n\n").Lines.ShouldBe(["sessions created: 1", "active sessions: 1"]);

    [Fact]
    public void An_empty_line_is_a_reply_without_words()
    {
        Reply reply = Parse("\n");
        reply.Words.ShouldBeEmpty();
        reply.IsZero.ShouldBeFalse();
        reply.IsError.ShouldBeFalse();
    }

    [Fact]
    public void Results_of_sub_commands_are_told_apart()
    {
        Reply reply = Parse("35000 127.0.0.1 && 0 && 36000 ::1 6 && -1\n");
        reply.Words.ShouldBe(["35000", "127.0.0.1"]);
        reply.SubCommandResults.ShouldBe([new("0"), new("36000 ::1 6"), new("-1")]);
        reply.SubCommandResults.Select(result => (result.IsSilent, result.IsFailure))
            .ShouldBe([(true, false), (false, false), (false, true)]);
    }

    [Fact]
    public void Any_text_is_read_without_an_exception() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => ReadAll(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Every_prefix_and_every_flipped_bit_of_a_reply_is_read()
    {
        foreach (string text in new[] { "35000 ::1 6 && 0 && -1\n", "ttl=60 longest_ipi=0.020000\n", "E72\n", "a: 1\nb: 2\n" })
        {
            byte[] bytes = Bytes(text);
            for (int length = 0; length <= bytes.Length; length++)
            {
                ReadAll(bytes.AsSpan(0, length));
            }

            for (int bit = 0; bit < bytes.Length * 8; bit++)
            {
                byte[] flipped = [.. bytes];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                ReadAll(flipped);
            }
        }
    }

    internal static void ReadAll(ReadOnlySpan<byte> bytes)
    {
        if (!Reply.TryParse(bytes, out Reply? reply))
        {
            bytes.IsEmpty.ShouldBeTrue();
            return;
        }

        bool isPort = reply!.TryGetPort(out _);
        (isPort && (reply.IsError || reply.IsZero)).ShouldBeFalse();
        (reply.TryGetNumbers(out _) && reply.TryGetNamedValues(out _)).ShouldBeFalse();
        _ = (reply.ErrorNumber, reply.Error, reply.Lines, reply.SubCommandResults);
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
