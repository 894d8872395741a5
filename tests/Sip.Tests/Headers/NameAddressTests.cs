using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Tests.Headers;

public sealed class NameAddressTests
{
    [Theory]
    [InlineData("<sip:a@b>;tag=1", "sip:a@b", "1")]
    [InlineData("sip:a@b;tag=1", "sip:a@b", "1")]
    [InlineData("\"A; <x> \\\" \" <sip:a@b;p=q>;x=y;TAG=t-1", "sip:a@b;p=q", "t-1")]
    [InlineData("A B < sip:a@b > ; tag = 1", "sip:a@b", "1")]
    [InlineData("<sip:a@b?h=\">", "sip:a@b?h=\"", null)]
    [InlineData("<sip:a@b;tag=no>", "sip:a@b;tag=no", null)]
    [InlineData("<sip:a@b>;tag=", "sip:a@b", null)]
    [InlineData("<sip:a@b>;tag", "sip:a@b", null)]
    [InlineData("<sip:a@b>;x=\"a;tag=no\";tag=yes", "sip:a@b", "yes")]
    [InlineData("tel:+123;tag=1", "tel:+123", "1")]
    public void Addresses_and_tags_are_read(string text, string uri, string? tag)
    {
        NameAddress.TryParse(text, Messages.All(text), out NameAddress? address, out ParseError error).ShouldBeTrue(error.ToString());
        address!.Uri.ShouldBe(uri);
        address.Tag.ShouldBe(tag);
    }

    [Theory]
    [InlineData("", 0, "a URI")]
    [InlineData("<>;tag=1", 1, "a URI")]
    [InlineData("<sip:a@b", 8, "'>' after the URI")]
    [InlineData("\"A <sip:a@b>", 0, "a closing quote for this one")]
    [InlineData("\"A\\\" <sip:a@b>", 0, "a closing quote for this one")]
    [InlineData("<sip:a@b> x", 10, "';' or the end of the value")]
    [InlineData("sip:a b", 0, "a URI without blanks, or one in angle brackets")]
    public void Malformed_addresses_are_refused(string text, int offset, string expected)
    {
        NameAddress.TryParse(text, Messages.All(text), out _, out ParseError error).ShouldBeFalse();
        error.ShouldBe(new ParseError(offset, expected));
    }
}
