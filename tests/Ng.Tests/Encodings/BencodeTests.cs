using RtpProxy.Protocols.Ng.Encodings;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;

namespace RtpProxy.Protocols.Ng.Tests.Encodings;

public sealed class BencodeTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        NgDictionary read = Bencoded("d1:ai-7e1:b3:x y1:cli1ed1:di2eee1:e0:e").ShouldNotBeNull();

        read.ShouldBe(Dictionary(
            ("a", new NgValue(-7)),
            ("b", Text("x y")),
            ("c", List(new NgValue(1), new NgValue(Dictionary(("d", new NgValue(2)))))),
            ("e", Text(string.Empty))));
    }

    [Theory]
    [InlineData("d1:ai0ee", 0)]
    [InlineData("d1:ai-0ee", 0)]
    [InlineData("d1:ai9223372036854775807ee", long.MaxValue)]
    [InlineData("d1:ai9223372036854775808ee", long.MaxValue)]
    [InlineData("d1:ai-9999999999999999999999999999999999999ee", long.MinValue)]
    public void Integers_beyond_64_bits_are_the_nearest(string text, long expected) =>
        Bencoded(text).ShouldNotBeNull()["a"].Number.ShouldBe(expected);

    [Fact]
    public void An_integer_of_a_hundred_digits_is_read() =>
        Bencoded($"d1:ai{new string('9', 100)}ee").ShouldNotBeNull()["a"].Number.ShouldBe(long.MaxValue);

    [Theory]
    [InlineData("d7:command4:ping")]
    [InlineData("d5:flagsl3:all7:command4:ping")]
    [InlineData("d5:codecd5:stripl4:PCMA")]
    [InlineData("d")]
    public void Ends_that_are_missing_at_the_end_are_taken_as_written(string text) => Bencoded(text).ShouldNotBeNull();

    [Theory]
    [InlineData("d7:command5:queryi7ee", "an integer as key")]
    [InlineData("d7:command6:pinge", "a length past the end")]
    [InlineData("d7:command99999999999999999999:pinge", "a huge length")]
    [InlineData("d7:commande", "a key without value")]
    [InlineData("d7:command", "a key without value, cut")]
    [InlineData("d1:aiee", "an empty integer")]
    [InlineData("d1:ai-ee", "only a sign")]
    [InlineData("d1:ai05ee", "a leading zero")]
    [InlineData("d1:ai-05ee", "a leading zero behind the sign")]
    [InlineData("d1:ai1.5ee", "a fraction")]
    [InlineData("d1:ai+5ee", "a plus")]
    [InlineData("d1:ai5", "an integer without end")]
    [InlineData("d01:a1:be", "a length with a leading zero")]
    [InlineData("d-1:a1:be", "a negative length")]
    [InlineData("d1a1:be", "no colon")]
    [InlineData("d1:ax", "no value at all")]
    [InlineData("li1ee", "no dictionary")]
    [InlineData("i1e", "no dictionary")]
    [InlineData("", "nothing")]
    public void What_is_no_dictionary_is_refused(string text, string why) => Bencoded(text).ShouldBeNull(why);

    [Fact]
    public void What_stands_behind_the_dictionary_is_ignored() =>
        Bencoded("d1:ai1ee trailing\n").ShouldBe(Dictionary(("a", new NgValue(1))));

    [Fact]
    public void Of_a_repeated_key_the_first_counts() =>
        Bencoded("d7:command4:ping7:command5:querye").ShouldNotBeNull()["command"].Text.ShouldBe("ping");

    [Fact]
    public void Bytes_stay_what_they_are()
    {
        string all = string.Concat(Enumerable.Range(0, 256).Select(code => (char)code));
        NgDictionary dictionary = Dictionary((all, Text(all)));

        Bencode.Read(Write(dictionary, NgEncoding.Bencode)).ShouldBe(dictionary);
    }

    [Fact]
    public void Sixteen_levels_are_read_and_seventeen_refused()
    {
        Bencoded("d1:a" + new string('l', 15) + new string('e', 16)).ShouldNotBeNull();
        Bencoded("d1:a" + new string('l', 16) + new string('e', 17)).ShouldBeNull();
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(60_000)]
    public void Thousands_of_levels_are_refused(int levels) => Bencoded("d1:a" + new string('l', levels)).ShouldBeNull();

    [Fact]
    public void A_message_of_4096_values_is_read_and_one_of_more_refused()
    {
        // The dictionary and the list are two of them.
        Bencoded("d1:al" + string.Concat(Enumerable.Repeat("0:", 4_094)) + "ee").ShouldNotBeNull()["a"].Items.Length.ShouldBe(4_094);
        Bencoded("d1:al" + string.Concat(Enumerable.Repeat("0:", 4_095)) + "ee").ShouldBeNull();
        Bencoded("d" + string.Concat(Enumerable.Range(10_000, 10_000).Select(key => $"5:{key}"))).ShouldBeNull();
    }

    [Fact]
    public void Thousands_of_keys_of_one_spelling_are_told_apart_quickly()
    {
        string keys = string.Concat(Enumerable.Range(0, 3_800).Select(number =>
            "12:" + string.Concat(Enumerable.Range(0, 12).Select(bit => "-_"[(number >> bit) & 1])) + "0:"));

        Bencoded("d" + keys + "e").ShouldNotBeNull().IndexOf("            ").ShouldBe(0);
    }

    [Fact]
    public void A_dictionary_as_long_as_a_datagram_is_read_and_a_longer_one_refused()
    {
        string head = "d1:a65497:";
        Bencoded(head + new string('x', NgLimits.MaxLength - head.Length)).ShouldNotBeNull();
        Bencoded(head + new string('x', NgLimits.MaxLength - head.Length) + "e").ShouldBeNull();
    }

    [Fact]
    public void What_is_allocated_is_bounded_by_the_input()
    {
        foreach (string hostile in (string[])
        [
            "d1:a65000:" + new string('x', 65_000),
            "d1:al" + string.Concat(Enumerable.Repeat("de", 4_090)),
            "d1:al" + string.Concat(Enumerable.Repeat("le", 4_090)),
            "d" + string.Concat(Enumerable.Range(1_000, 4_000).Select(key => $"4:{key}1:x")),
            "d1:al" + string.Concat(Enumerable.Repeat("0:", 30_000)),
        ])
        {
            byte[] bytes = Bytes(hostile);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Bencode.Read(bytes);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000_000);
        }
    }
}
