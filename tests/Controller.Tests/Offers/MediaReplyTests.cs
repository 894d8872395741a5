using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Tests.Offers;

public sealed class MediaReplyTests
{
    [Theory]
    [InlineData("35000\n", 35000, null, null)]
    [InlineData("35000 192.0.2.1", 35000, "192.0.2.1", SdpAddressFamily.IPv4)]
    [InlineData("\r\n 35000\t2001:db8::1  6 \n", 35000, "2001:db8::1", SdpAddressFamily.IPv6)]
    [InlineData("35000 2001:db8::1", 35000, "2001:db8::1", SdpAddressFamily.IPv4)]
    [InlineData("35000 192.0.2.1 && 0", 35000, "192.0.2.1", SdpAddressFamily.IPv4)]
    [InlineData("35001x a b c d e f g h i j k l", 35001, "a", SdpAddressFamily.IPv4)]
    public void Ports_and_addresses_are_read(string text, int port, string? address, SdpAddressFamily? family)
    {
        MediaReply.TryParse(text, out MediaReply reply, out string reason).ShouldBeTrue(reason);
        reply.ShouldBe(new MediaReply(port, address, family));
    }

    [Theory]
    [InlineData("", "the relay's reply is empty")]
    [InlineData(" \r\n", "the relay's reply is empty")]
    [InlineData("0", "the relay knows no such session")]
    [InlineData("E37", "the relay replied E37")]
    [InlineData("E75", "the relay replied E75: it was started without -n, which a TimeoutSocket needs")]
    [InlineData("65536", "the relay replied 65536")]
    [InlineData("99999999999999999999", "the relay replied 99999999999999999999")]
    [InlineData("-5", "the relay replied -5")]
    [InlineData("x\u0007y", "the relay replied x?y")]
    public void Other_replies_say_why(string text, string expected)
    {
        MediaReply.TryParse(text, out _, out string reason).ShouldBeFalse();
        reason.ShouldBe(expected);
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Prop.ForAll<string>(text =>
        {
            bool isRead = MediaReply.TryParse(text ?? "", out MediaReply reply, out string reason);
            (isRead ? reply.Port is > 0 and <= 65_535 : reason.Length > 0).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
}
