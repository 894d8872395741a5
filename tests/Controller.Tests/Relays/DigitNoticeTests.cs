using System.Text;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Tests.Relays;

public sealed class DigitNoticeTests
{
    [Theory]
    [InlineData("dtmf tag 5 10 800 0", "dtmf tag", '5', 10, 800, true)]
    [InlineData("d # 0 0 1", "d", '#', 0, 0, false)]
    [InlineData("d   63 65535 1", "d", ' ', 63, 65535, false)] // flash
    [InlineData(" A 1 2 0", "", 'A', 1, 2, true)]
    [InlineData("a 5 10 800 0 5 10 800 1", "a 5 10 800 0", '5', 10, 800, false)]
    [InlineData("\xff\0 * 7 80 0", "\xff\0", '*', 7, 80, true)]
    public void A_digit_is_read_from_its_end(string text, string tag, char digit, int volume, int duration, bool isOfCaller)
    {
        DigitNotice notice = Of(text).ShouldNotBeNull();

        (notice.TagText, notice.Digit, notice.Volume, notice.Duration, notice.IsOfCaller)
            .ShouldBe((tag, digit, volume, duration, isOfCaller));
    }

    [Theory]
    [InlineData(""), InlineData("tag"), InlineData("T1 2"), InlineData("5 10 800 0"), InlineData("d E 10 800 0")]
    [InlineData("d 5 64 800 0"), InlineData("d 5 10 65536 0"), InlineData("d 5 10 800 2"), InlineData("d 5 10 800 "), InlineData("d 5 -1 800 0")]
    [InlineData("d 55 10 800 0"), InlineData("d 5 10 800 0 ")]
    public void Whatever_has_another_form_is_none(string text) => Of(text).ShouldBeNull();

    [Fact]
    public void No_prefix_of_one_is_one()
    {
        const string Text = "tag 5 10 800 1";
        for (int length = 0; length < Text.Length; length++)
        {
            Of(Text[..length]).ShouldBeNull();
        }
    }

    private static DigitNotice? Of(string text) => DigitNotice.Of(new TimeoutNotice(Encoding.Latin1.GetBytes(text), null));
}
