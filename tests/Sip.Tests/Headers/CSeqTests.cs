using RtpProxy.Sip.Headers;

namespace RtpProxy.Sip.Tests.Headers;

public sealed class CSeqTests
{
    [Theory]
    [InlineData("1 INVITE", 1u, "INVITE")]
    [InlineData("0009\r\n  INVITE", 9u, "INVITE")]
    [InlineData("2147483647 invite", 2147483647u, "invite")]
    public void Number_and_method_are_read(string text, uint number, string method)
    {
        CSeq.TryParse(text, Messages.All(text), out CSeq cseq, out _).ShouldBeTrue();
        cseq.ShouldBe(new CSeq(number, method));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("INVITE", 0)]
    [InlineData("-1 INVITE", 0)]
    [InlineData("2147483648 INVITE", 0)]
    [InlineData("36893488147419103232 INVITE", 0)]
    [InlineData("1", 1)]
    [InlineData("1INVITE", 1)]
    [InlineData("1 INVITE x", 1)]
    public void Malformed_values_are_refused(string text, int offset)
    {
        CSeq.TryParse(text, Messages.All(text), out _, out ParseError error).ShouldBeFalse();
        error.Offset.ShouldBe(offset);
    }
}
