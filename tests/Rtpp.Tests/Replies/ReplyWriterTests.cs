using System.Net;
using System.Text;
using RtpProxy.Protocols.RtppFront.Replies;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.Rtpp.Tests.Replies;

public sealed class ReplyWriterTests
{
    private readonly byte[] _buffer = new byte[2048];

    private delegate void Writing(ref ReplyWriter reply);

    private string Write(Writing writing, string cookie = "")
    {
        var reply = new ReplyWriter(_buffer, Encoding.Latin1.GetBytes(cookie));
        writing(ref reply);
        reply.IsOverflowed.ShouldBeFalse();
        return Encoding.Latin1.GetString(reply.Written);
    }

    [Fact]
    public void Short_replies_are_whole_lines()
    {
        Write((ref ReplyWriter reply) => reply.WriteOk()).ShouldBe("0\n");
        Write((ref ReplyWriter reply) => reply.WriteError(ErrorCode.UnknownCommand)).ShouldBe("E0\n");
        Write((ref ReplyWriter reply) => reply.WriteError(ErrorCode.SessionPorts), "ck1").ShouldBe("ck1 E72\n");
    }

    [Fact]
    public void An_error_takes_the_place_of_what_was_written_before() =>
        Write(
            (ref ReplyWriter reply) =>
            {
                reply.WriteText("nsess_created=");
                reply.WriteError(ErrorCode.StatsName);
            },
            "ck1").ShouldBe("ck1 E68\n");

    [Fact]
    public void Numbers_are_decimal_and_fractions_have_six_decimals() =>
        Write((ref ReplyWriter reply) =>
        {
            reply.WriteNumber(ulong.MaxValue);
            reply.WriteSpace();
            reply.WriteNumber(-1L);
            reply.WriteSpace();
            reply.WriteDouble(0);
            reply.WriteSpace();
            reply.WriteDouble(1234567.1234567);
            reply.WriteSpace();
            reply.WriteText("é"u8);
            reply.WriteText("\xE9");
            reply.EndLine();
        }).ShouldBe("18446744073709551615 -1 0.000000 1234567.123457 Ã©\xE9\n");

    [Theory]
    [InlineData("127.0.0.1", null, "35000 127.0.0.1", "35000 127.0.0.1")]
    [InlineData("::1", null, "35000 ::1 6", "35000 ::1 6")]
    [InlineData("127.0.0.1", "198.51.100.9", "35000 198.51.100.9", "35000 198.51.100.9")]
    [InlineData("::1", "any text", "35000 any text 6", "35000 any text 6")]
    [InlineData("127.0.0.1", "", "35000 ", "35000 ")]
    [InlineData("0.0.0.0", null, "35000", "35000 0.0.0.0")]
    [InlineData("::", null, "35000", "35000 :: 6")]
    [InlineData("0.0.0.0", "198.51.100.9", "35000", "35000 198.51.100.9")]
    public void A_port_comes_with_the_address_to_advertise_unless_the_real_one_is_a_wildcard(
        string address,
        string? advertised,
        string port,
        string portAndAddress)
    {
        var local = new LocalAddress(IPAddress.Parse(address), advertised);
        Write((ref ReplyWriter reply) => reply.WritePort(35000, local)).ShouldBe(port);
        Write((ref ReplyWriter reply) => reply.WritePortAndAddress(35000, local)).ShouldBe(portAndAddress);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(1000)]
    public void Text_may_fill_all_but_the_byte_of_the_LF(int cookieLength)
    {
        string cookie = new('k', cookieLength);
        int room = ReplyLimits.MaxLength - 1 - (cookieLength == 0 ? 0 : cookieLength + 1);
        Write(
            (ref ReplyWriter reply) =>
            {
                reply.Room.ShouldBe(room);
                reply.WriteText(new string('x', room));
                reply.EndLine();
            },
            cookie).Length.ShouldBe(ReplyLimits.MaxLength);
    }

    [Fact]
    public void What_does_not_fit_is_reported_and_nothing_more_is_written()
    {
        var reply = new ReplyWriter(_buffer, "ck"u8);
        reply.WriteText(new string('x', reply.Room - 1));
        int mark = reply.Mark;
        reply.WriteNumber(10UL);
        reply.IsOverflowed.ShouldBeTrue();
        reply.WriteText("y"u8);
        reply.EndLine();
        reply.Mark.ShouldBe(mark);
        reply.RollBack(mark);
        reply.IsOverflowed.ShouldBeFalse();
        reply.WriteText("y"u8);
        reply.EndLine();
        reply.Written.Length.ShouldBe(ReplyLimits.MaxLength);
        reply.Written[^1].ShouldBe((byte)'\n');
    }

    [Fact]
    public void Every_kind_of_write_is_bounded()
    {
        var address = new LocalAddress(IPAddress.Parse("2001:db8:1111:2222:3333:4444:5555:6666"));
        Writing[] writings =
        [
            (ref reply) => reply.WriteNumber(12345UL),
            (ref reply) => reply.WriteNumber(-1234L),
            (ref reply) => reply.WriteDouble(1.5),
            (ref reply) => reply.WriteText("12345"u8),
            (ref reply) => reply.WriteText("12345"),
            (ref reply) => reply.WritePort(35000, address),
        ];
        foreach (Writing writing in writings)
        {
            for (int left = 0; left < 5; left++)
            {
                var reply = new ReplyWriter(_buffer);
                reply.WriteText(new string('x', reply.Room - left));
                writing(ref reply);
                reply.IsOverflowed.ShouldBeTrue();
                reply.WriteError(ErrorCode.QueryReplyTooLong);
                reply.IsOverflowed.ShouldBeFalse();
                Encoding.Latin1.GetString(reply.Written).ShouldBe("E26\n");
            }
        }
    }

    [Fact]
    public void A_second_LF_behind_a_full_reply_overflows()
    {
        var reply = new ReplyWriter(_buffer);
        reply.WriteText(new string('x', reply.Room));
        reply.EndLine();
        reply.IsOverflowed.ShouldBeFalse();
        reply.EndLine();
        reply.IsOverflowed.ShouldBeTrue();
        reply.Written.Length.ShouldBe(ReplyLimits.MaxLength);
    }

    [Fact]
    public void A_cookie_beyond_the_limit_or_a_short_buffer_is_the_callers_mistake()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ReplyWriter(new byte[2048], new byte[1001]).Mark);
        Should.Throw<ArgumentException>(() => new ReplyWriter(new byte[1022]).Mark);
        Should.Throw<ArgumentOutOfRangeException>(() => new ReplyWriter(new byte[1023]).WriteError(ErrorCode.None));
    }
}
