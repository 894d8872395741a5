using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Tests.Headers;

public sealed class ViaTests
{
    [Theory]
    [InlineData("SIP/2.0/UDP host", "UDP", "host", null, null)]
    [InlineData("SIP/2.0/TCP host:5070;branch=z9hG4bK7", "TCP", "host", 5070, "z9hG4bK7")]
    [InlineData("sip / 2.0 / udp [2001:db8::1]:5060 ; branch = x", "udp", "2001:db8::1", 5060, "x")]
    [InlineData("SIP/2.0/UDP 192.0.2.1 : 6000;a", "UDP", "192.0.2.1", 6000, null)]
    public void Hops_are_read(string text, string transport, string host, int? port, string? branch)
    {
        Via.TryParse(text, Messages.All(text), out Via? via, out _).ShouldBeTrue();
        via!.Transport.ShouldBe(transport);
        via.SentBy.Host.ShouldBe(host);
        via.SentBy.Port.ShouldBe(port);
        via.Branch.ShouldBe(branch);
    }

    [Fact]
    public void Received_and_rport_are_read()
    {
        const string text = "SIP/2.0/UDP 10.1.1.1:4540;received=192.0.2.1;rport=9988;branch=z9hG4bKkjshdyff";
        Via.TryParse(text, Messages.All(text), out Via? via, out _).ShouldBeTrue();
        via!.Received.ShouldBe("192.0.2.1");
        via.ReceivedPort.ShouldBe(9988);
        via.AsksForPort.ShouldBeTrue();
    }

    [Fact]
    public void An_rport_without_value_asks_for_the_port()
    {
        const string text = "SIP/2.0/UDP 10.1.1.1;rport;branch=b";
        Via.TryParse(text, Messages.All(text), out Via? via, out _).ShouldBeTrue();
        via!.AsksForPort.ShouldBeTrue();
        via.ReceivedPort.ShouldBeNull();
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("SIP/2.0/UDP", 11)]
    [InlineData("SIP/2.0 host", 8)]
    [InlineData("HTTP/1.1/TCP host", 4)]
    [InlineData("SIP/2.0/UDP host:", 11)]
    [InlineData("SIP/2.0/UDP host:99999", 11)]
    [InlineData("SIP/2.0/UDP [::1", 11)]
    [InlineData("SIP/2.0/UDP ;branch=x", 11)]
    public void Malformed_hops_are_refused(string text, int offset)
    {
        Via.TryParse(text, Messages.All(text), out _, out ParseError error).ShouldBeFalse();
        error.Offset.ShouldBe(offset);
    }
}
