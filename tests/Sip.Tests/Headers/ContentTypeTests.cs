using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Tests.Headers;

public sealed class ContentTypeTests
{
    [Theory]
    [InlineData("application/sdp", null)]
    [InlineData("Application / SDP ;charset=x", null)]
    [InlineData("application/sdp;boundary=b1", "b1")]
    [InlineData("application/sdp ; Boundary = \"b 1\";x", "b 1")]
    [InlineData("application/sdp;boundary=\"\"", null)]
    public void Types_and_boundaries_are_read(string text, string? boundary)
    {
        ContentType.TryParse(text, Messages.All(text), out ContentType? type, out _).ShouldBeTrue();
        type!.Is("application", "sdp").ShouldBeTrue();
        type.Is("application", "isup").ShouldBeFalse();
        type.Boundary.ShouldBe(boundary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("application")]
    [InlineData("/sdp")]
    [InlineData("application/")]
    [InlineData("a b/sdp")]
    public void Malformed_types_are_refused(string text) =>
        ContentType.TryParse(text, Messages.All(text), out _, out _).ShouldBeFalse();
}
