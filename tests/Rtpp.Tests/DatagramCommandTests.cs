using System.Text;
using RtpProxy.Protocols.RtppFront;

namespace RtpProxy.Protocols.Rtpp.Tests;

public sealed class DatagramCommandTests
{
    [Theory]
    [InlineData("ck1 V", "ck1", "V")]
    [InlineData("ck2 V\n", "ck2", "V")]
    [InlineData("\t ck3\r\nV x", "ck3", "V x")]
    [InlineData("&& V", "&&", "V")]
    [InlineData("V", "V", "")]
    [InlineData("V ", "V", "")]
    [InlineData("\xFF\x01 U c", "\xFF\x01", "U c")]
    public void The_first_word_is_the_cookie_whatever_it_is(string datagram, string cookie, string line)
    {
        DatagramCommand.TrySplit(Encoding.Latin1.GetBytes(datagram), out DatagramCommand command).ShouldBeTrue();
        Encoding.Latin1.GetString(command.Cookie).ShouldBe(cookie);
        Encoding.Latin1.GetString(command.Line).Trim().ShouldBe(line);
    }

    [Theory]
    [InlineData(""), InlineData(" "), InlineData("\r\n\t "), InlineData("ck9\0 V"), InlineData("\0"), InlineData("\0 V")]
    public void A_blank_datagram_or_a_NUL_in_the_cookie_has_no_cookie(string datagram) =>
        DatagramCommand.TrySplit(Encoding.Latin1.GetBytes(datagram), out _).ShouldBeFalse();

    [Fact]
    public void A_NUL_behind_the_cookie_is_the_commands_own_matter()
    {
        DatagramCommand.TrySplit("ck V\0"u8, out DatagramCommand command).ShouldBeTrue();
        Parsers.Plain.TryParse(command.Line, out _).ShouldBe(ErrorCode.Syntax);
    }

    [Theory]
    [InlineData(1000, true), InlineData(1001, false)]
    public void A_cookie_that_leaves_no_room_for_a_reply_is_none(int length, bool accepted) =>
        DatagramCommand.TrySplit(Encoding.ASCII.GetBytes(new string('k', length) + " V"), out _).ShouldBe(accepted);

    [Fact]
    public void Bytes_beyond_the_longest_command_are_lost()
    {
        DatagramCommand.TrySplit(Encoding.ASCII.GetBytes("ck " + new string('A', 20_000)), out DatagramCommand command);
        ("ck".Length + command.Line.Length).ShouldBe(CommandLimits.MaxLength);
    }
}
