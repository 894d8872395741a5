using System.Text;
using RtpProxy.Protocols.Ng.Encodings;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;

namespace RtpProxy.Protocols.Ng.Tests.Encodings;

public sealed class NgJsonTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        NgDictionary? read = Json("""{"a":-7,"b":"x y","c":[1,{"d":2}],"e":"","f":true,"g":null,"h":[null,false]}""", out string? error);

        error.ShouldBeNull();
        read.ShouldBe(Dictionary(
            ("a", new NgValue(-7)),
            ("b", Text("x y")),
            ("c", List(new NgValue(1), new NgValue(Dictionary(("d", new NgValue(2)))))),
            ("e", Text(string.Empty)),
            ("f", new NgValue(1)),
            ("h", List(new NgValue(0)))));
    }

    [Theory]
    [InlineData("20.9", 20)]
    [InlineData("-20.9", -20)]
    [InlineData("2e1", 20)]
    [InlineData("9223372036854775808", long.MaxValue)]
    [InlineData("-1e300", long.MinValue)]
    [InlineData("1e99999", long.MaxValue)]
    public void A_fraction_is_its_whole_part_and_a_huge_number_the_nearest(string number, long expected) =>
        Json($"{{\"a\":{number}}}", out _).ShouldNotBeNull()["a"].Number.ShouldBe(expected);

    [Fact]
    public void An_integer_of_a_hundred_digits_is_read() =>
        Json($"{{\"a\":{new string('9', 100)}}}", out _).ShouldNotBeNull()["a"].Number.ShouldBe(long.MaxValue);

    [Theory]
    [InlineData("", NgErrors.BadJson)]
    [InlineData("{", NgErrors.BadJson)]
    [InlineData("{\"command\":\"ping\"", NgErrors.BadJson)]
    [InlineData("{\"command\":\"ping", NgErrors.BadJson)]
    [InlineData("{\"command\" \"ping\"}", NgErrors.BadJson)]
    [InlineData("{command:\"ping\"}", NgErrors.BadJson)]
    [InlineData("{\"command\":\"\\q\"}", NgErrors.BadJson)]
    [InlineData("{\"command\":\"\\u12\"}", NgErrors.BadJson)]
    [InlineData("[1]", NgErrors.BadJsonDictionary)]
    [InlineData("5", NgErrors.BadJsonDictionary)]
    public void What_is_no_object_is_refused(string text, string expected)
    {
        Json(text, out string? error).ShouldBeNull();
        error.ShouldBe(expected);
    }

    [Theory]
    [InlineData("\\\" \\\\ \\/ \\b\\f\\n\\r\\t", "\" \\ / \b\f\n\r\t")]
    [InlineData("\\u0041", "A")]
    [InlineData("\\u00e9", "é")]
    [InlineData("\\u20AC", "€")]
    [InlineData("\\ud83d\\ude00", "\U0001F600")]
    [InlineData("\\ud83d", "\uFFFD")]
    [InlineData("\\ude00\\ud83d", "\uFFFD\uFFFD")]
    [InlineData("\\ud83d\\n", "\uFFFD\n")]
    [InlineData("\\ud83d\\u0041", "\uFFFDA")]
    [InlineData("ü\\n", "ü\n")]
    public void The_bytes_of_a_string_are_its_text_in_UTF8(string escaped, string expected) =>
        Json($"{{\"a\":\"{escaped}\"}}", out _).ShouldNotBeNull()["a"].Text
            .ShouldBe(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(expected)));

    [Fact]
    public void Bytes_that_are_no_UTF8_stay_as_they_are()
    {
        NgJson.Read(Bytes("{\"a\":\"\xE9\\n\xFF\",\"b\":\"\xE9\"}"), out _).ShouldBe(Dictionary(("a", Text("\xE9\n\xFF")), ("b", Text("\xE9"))));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_written_as_the_replacement_character()
    {
        byte[] written = Write(Dictionary(("a", Text("\xE9x"))), NgEncoding.Json);

        Encoding.UTF8.GetString(written).ShouldBe("{\"a\":\"\\uFFFDx\"}");
    }

    [Fact]
    public void What_stands_behind_the_object_is_ignored() =>
        Json("{\"a\":1} trailing\n", out _).ShouldBe(Dictionary(("a", new NgValue(1))));

    [Fact]
    public void Sixteen_levels_are_read_and_seventeen_refused()
    {
        Json("{\"a\":" + new string('[', 15) + new string(']', 15) + "}", out _).ShouldNotBeNull();
        Json("{\"a\":" + new string('[', 16) + new string(']', 16) + "}", out string? error).ShouldBeNull();
        error.ShouldBe(NgErrors.BadJsonDictionary);
        Json("{\"a\":" + new string('[', 3_000) + new string(']', 3_000) + "}", out error).ShouldBeNull();
        error.ShouldNotBeNull();
    }

    [Fact]
    public void More_than_4096_values_are_refused()
    {
        Json("{\"a\":[" + string.Join(',', Enumerable.Repeat("0", 5_000)) + "]}", out string? error).ShouldBeNull();
        error.ShouldBe(NgErrors.BadJsonDictionary);
        Json("{" + string.Join(',', Enumerable.Range(0, 10_000).Select(key => $"\"{key}\":0")) + "}", out error).ShouldBeNull();
        error.ShouldNotBeNull();
    }
}
