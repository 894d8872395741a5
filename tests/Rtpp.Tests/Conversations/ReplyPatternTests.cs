using System.Text;
using RtpProxy.TestKit.Conversations;

namespace RtpProxy.Protocols.Rtpp.Tests.Conversations;

public sealed class ReplyPatternTests
{
    private readonly PortNames _names = new(new PortRange(27000, 27999));

    private string? Explain(string reply, string[] lines, int lateSeconds = 0) =>
        ReplyPattern.Parse(lines).Explain(Encoding.Latin1.GetBytes(reply), _names, lateSeconds);

    private bool Matches(string reply, params string[] lines) => Explain(reply, lines) is null;

    [Fact]
    public void Each_line_stands_for_its_text_and_an_LF()
    {
        Matches("20040107\n", "20040107").ShouldBeTrue();
        Matches("20040107", "20040107").ShouldBeFalse();
        Matches("20040107\n\n", "20040107").ShouldBeFalse();
        Matches("\n", "").ShouldBeTrue();
        Matches("a: 1\nb: 2\n", "a: 1", "b: 2").ShouldBeTrue();
        Matches("a: 1\n", "a: 1", "b: 2").ShouldBeFalse();
        Matches("", "").ShouldBeFalse();
    }

    [Fact]
    public void Escapes_stand_for_bytes() => Matches("ck6 \n\0{\\\n", @"ck6\x20", @"\0\{\\").ShouldBeTrue();

    [Theory]
    [InlineData("27000\n", true)]
    [InlineData("27998\n", true)]
    [InlineData("27001\n", false)] // odd
    [InlineData("27999\n", false)]
    [InlineData("26998\n", false)]
    [InlineData("28000\n", false)]
    [InlineData("99999\n", false)]
    [InlineData("99999999999\n", false)]
    [InlineData("-27000\n", false)]
    [InlineData("E72\n", false)]
    [InlineData("\n", false)]
    public void A_port_is_even_and_inside_the_range(string reply, bool matches) => Matches(reply, "{P1}").ShouldBe(matches);

    [Fact]
    public void A_port_is_named_at_its_first_use_and_equal_later()
    {
        Matches("27004 127.0.0.1\n", "{P1} 127.0.0.1").ShouldBeTrue();
        _names["P1"].ShouldBe((ushort)27004);
        Matches("27004\n", "{P1}").ShouldBeTrue();
        Matches("27006\n", "{P1}").ShouldBeFalse();
        Matches("27006\n", "{P2}").ShouldBeTrue();
        Matches("27004 && 27006\n", "{P1} && {P2}").ShouldBeTrue();
    }

    [Fact]
    public void A_port_is_named_only_if_the_whole_reply_matches()
    {
        Matches("27004 127.0.0.2\n", "{P1} 127.0.0.1").ShouldBeFalse();
        _names.TryGet("P1", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_port_can_be_required_to_be_another_one()
    {
        Matches("27004\n", "{P1}").ShouldBeTrue();
        Matches("27004\n", "{P2!P1}").ShouldBeFalse();
        Matches("27004 27004\n", "{P1} {P2}").ShouldBeTrue();
        Matches("27008\n", "{P3!P1}").ShouldBeTrue();
    }

    [Fact]
    public void Two_new_ports_of_one_reply_can_be_required_to_differ()
    {
        Matches("27004 27004\n", "{P1} {P2!P1}").ShouldBeFalse();
        Matches("27004 27006\n", "{P1} {P2!P1}").ShouldBeTrue();
        Matches("27008 27010\n", "{P3} {P3}").ShouldBeFalse();
    }

    [Theory]
    [InlineData("60 0\n", 0, true)]
    [InlineData("59 0\n", 0, false)]
    [InlineData("59 0\n", 2, true)]
    [InlineData("58 0\n", 2, true)]
    [InlineData("57 0\n", 2, false)]
    [InlineData("61 0\n", 2, false)]
    [InlineData("x 0\n", 2, false)]
    public void A_time_to_live_may_be_late_by_what_the_runner_allows(string reply, int lateSeconds, bool matches) =>
        (Explain(reply, ["{ttl 60} 0"], lateSeconds) is null).ShouldBe(matches);

    [Fact]
    public void A_mismatch_is_explained()
    {
        Explain("27004 ::1\n", ["{P1} 127.0.0.1"]).ShouldBe("expected \" 127.0.0.1\\n\" at byte 5 of the reply \"27004 ::1\\n\"");
        Explain("E72\n", ["{P1}"])!.ShouldContain("P1, an even port in 27000..27999");
        ReplyPattern.Parse("{P1}").Matches("27004\n"u8, _names).ShouldBeTrue();
        Explain("27006\n", ["{P1}"])!.ShouldContain("P1, which is 27004");
        Explain("0\nx", ["0"])!.ShouldContain("expected the end at byte 2");
    }
}
