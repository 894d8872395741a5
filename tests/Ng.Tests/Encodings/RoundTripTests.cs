using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Ng.Encodings;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;

namespace RtpProxy.Protocols.Ng.Tests.Encodings;

/// <summary>What is written is read as what it was.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Latin1 = Gen.Choose(0, 255).Select(code => (char)code).ArrayOf().Select(text => new string(text));
    private static readonly Gen<string> Ascii = Gen.Choose(0, 127).Select(code => (char)code).ArrayOf().Select(text => new string(text));

    [Fact]
    public void In_bencode_any_bytes() =>
        Prop.ForAll(Dictionaries(Latin1).ToArbitrary(), written =>
            Bencode.Read(Write(written, NgEncoding.Bencode)).ShouldBe(written)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void In_JSON_any_text() =>
        Prop.ForAll(Dictionaries(Ascii).ToArbitrary(), written =>
            NgJson.Read(Write(written, NgEncoding.Json), out _).ShouldBe(written)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void JSON_is_written_as_the_framework_reads_it() =>
        Prop.ForAll(Dictionaries(Latin1).ToArbitrary(), written =>
            System.Text.Json.JsonDocument.Parse(Write(written, NgEncoding.Json)).Dispose()).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<NgDictionary> Dictionaries(Gen<string> texts, int depth = 3) =>
        Gen.Zip(texts, Values(texts, depth)).ArrayOf(4)
            .Select(entries => new NgDictionary([.. entries.Select(entry => new NgEntry(entry.Item1, entry.Item2))]));

    private static Gen<NgValue> Values(Gen<string> texts, int depth)
    {
        Gen<NgValue> texted = texts.Select(text => new NgValue(text));
        Gen<NgValue> counted = ArbMap.Default.GeneratorFor<long>().Select(number => new NgValue(number));
        return depth == 0
            ? Gen.OneOf(texted, counted)
            : Gen.OneOf(
                texted,
                counted,
                Values(texts, depth - 1).ArrayOf(3).Select(List),
                Dictionaries(texts, depth - 1).Select(dictionary => new NgValue(dictionary)));
    }
}
