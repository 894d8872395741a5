using System.Net;
using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Tests.Headers;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:host", null, "host", null)]
    [InlineData("sips:alice@host:5061", "alice", "host", 5061)]
    [InlineData("SIP:alice:secret@192.0.2.1;transport=tcp", "alice", "192.0.2.1", null)]
    [InlineData("sip:user;par=u%40example.net@example.com", "user;par=u%40example.net", "example.com", null)]
    [InlineData("sip:[2001:db8::1]:5070;lr", null, "2001:db8::1", 5070)]
    [InlineData("sip:a@host?Route=x", "a", "host", null)]
    public void Parts_are_read(string text, string? user, string host, int? port)
    {
        SipUri.TryParse(text, out SipUri? uri, out ParseError error).ShouldBeTrue(error.ToString());
        uri!.User.ShouldBe(user);
        uri.Host.ShouldBe(host);
        uri.Port.ShouldBe(port);
    }

    [Theory]
    [InlineData("sip:p;lr", true)]
    [InlineData("sip:p;lr=on;x", true)]
    [InlineData("sip:p;x;LR", true)]
    [InlineData("sip:p;lrx", false)]
    [InlineData("sip:p", false)]
    public void Loose_routers_say_so(string text, bool isLoose)
    {
        SipUri.TryParse(text, out SipUri? uri, out _).ShouldBeTrue();
        uri!.IsLoose.ShouldBe(isLoose);
    }

    [Fact]
    public void A_uri_inside_a_message_is_read_in_place()
    {
        const string text = "Route: <sips:p1.example.com:5070;lr;transport=tls?a=b>";
        SipUri.TryParse(text, TextSpan.FromBounds(8, text.Length - 1), out SipUri? uri, out _).ShouldBeTrue();
        uri!.IsSecure.ShouldBeTrue();
        uri.Transport.ShouldBe("tls");
        uri.Headers.ShouldBe("a=b");
        uri.ToString().ShouldBe("sips:p1.example.com:5070;lr;transport=tls?a=b");
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("[::1]", "::1")]
    [InlineData("host", null)]
    [InlineData("1", null)]
    [InlineData("0x7f.1", null)]
    public void Hosts_that_are_addresses_are_told_from_names(string host, string? address)
    {
        SipUri.TryParse("sip:" + host, out SipUri? uri, out _).ShouldBeTrue();
        uri!.HostPort.Address.ShouldBe(address is null ? null : IPAddress.Parse(address));
    }

    [Theory]
    [InlineData("", 0, "sip: or sips:")]
    [InlineData("tel:+1", 0, "sip: or sips:")]
    [InlineData("sip:", 4, "a host")]
    [InlineData("sip:a@", 6, "a host")]
    [InlineData("sip:a@h:0", 7, "':' and a port from 1 to 65535")]
    [InlineData("sip:a b@h", 5, "a URI without blanks, quotes and angle brackets")]
    public void Malformed_uris_are_refused(string text, int offset, string expected)
    {
        SipUri.TryParse(text, out _, out ParseError error).ShouldBeFalse();
        error.ShouldBe(new ParseError(offset, expected));
    }
}
