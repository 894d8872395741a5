using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RtpProxy.Protocols.Rtpp.Tests;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("r%201%201", "r 1 1"), InlineData("a+b", "a b"), InlineData("%2B%2b%25", "++%")]
    [InlineData("%00%0A", "\0\n")]
    [InlineData("", ""), InlineData("\xE9", "\xE9")]
    public void Escapes_become_bytes(string text, string decoded)
    {
        PercentEncoding.TryDecode(Encoding.Latin1.GetBytes(text), out byte[] bytes).ShouldBeTrue();
        Encoding.Latin1.GetString(bytes).ShouldBe(decoded);
    }

    [Theory]
    [InlineData("%"), InlineData("%2"), InlineData("a%2"), InlineData("%g0"), InlineData("%0g"), InlineData("%%20")]
    [InlineData("% 2")]
    public void A_percent_without_two_hexadecimal_digits_is_refused(string text) =>
        PercentEncoding.TryDecode(Encoding.Latin1.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Encoding_leaves_what_a_word_may_hold() => PercentEncoding.Encode("T1.2:/a;b"u8).ShouldBe("T1.2:/a;b");

    [Theory] // as the last of seven words it would be a socket without a tag
    [InlineData("/tag", "%2Ftag"), InlineData("tcp:a", "%74cp:a"), InlineData("/", "%2F")]
    public void A_tag_that_looks_like_a_socket_is_escaped(string tag, string word) =>
        PercentEncoding.Encode(Encoding.Latin1.GetBytes(tag)).ShouldBe(word);

    [Fact]
    public void Encode_then_decode_is_identity_and_one_word() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            string word = PercentEncoding.Encode(bytes);
            word.ShouldAllBe(character => character > ' ' && character < 0x7F);
            word.ShouldNotBe("&&");
            PercentEncoding.TryDecode(Encoding.Latin1.GetBytes(word), out byte[] decoded).ShouldBeTrue();
            decoded.ShouldBe(bytes);
        }).QuickCheckThrowOnFailure();
}
