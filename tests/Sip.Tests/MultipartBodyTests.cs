using System.Collections.Immutable;
using RtpProxy.Sip.Bodies;

namespace RtpProxy.Sip.Tests;

public sealed class MultipartBodyTests
{
    [Fact]
    public void Parts_lie_between_boundaries()
    {
        const string text = "before\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b \r\n\r\n\0binary--b\r\n\r\n--b--\r\nafter";
        ImmutableArray<BodyPart> parts = Parse(text);
        parts.Length.ShouldBe(2);
        parts[0].ContentType!.Is("application", "sdp").ShouldBeTrue();
        parts[0].Content.Copy(text).ShouldBe("v=0");
        parts[1].ContentType.ShouldBeNull();
        parts[1].Content.Copy(text).ShouldBe("\0binary--b\r\n");
    }

    [Fact]
    public void A_part_may_be_empty_and_lines_may_end_in_line_feeds()
    {
        const string text = "--b\nX: y\n\n--b--";
        Parse(text).Single().Content.Copy(text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 0, "a line with the boundary")]
    [InlineData("--c--\r\n", 0, "a line with the boundary")]
    [InlineData("--b\r\n\r\nx\r\n", 10, "the closing boundary")]
    [InlineData("--b\r\nX: y\r\n--b--", 11, "an empty line after the header fields")]
    public void Malformed_bodies_are_refused(string text, int offset, string expected)
    {
        MultipartBody.TryParse(text, Messages.All(text), "b", out _, out ParseError error).ShouldBeFalse();
        error.ShouldBe(new ParseError(offset, expected));
    }

    private static ImmutableArray<BodyPart> Parse(string text)
    {
        MultipartBody.TryParse(text, Messages.All(text), "b", out var parts, out ParseError error).ShouldBeTrue(error.ToString());
        return parts;
    }
}
