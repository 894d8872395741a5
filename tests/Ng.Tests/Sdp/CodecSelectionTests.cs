using System.Collections.Immutable;
using RtpProxy.Protocols.Ng.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Sdp;

public sealed class CodecSelectionTests
{
    private static readonly ImmutableArray<SdpCodec> Codecs =
    [
        new(0, "PCMU", 8000, 1),
        new(8, "PCMA", 8000, 1),
        new(96, "opus", 48000, 2),
        new(97, "", 0, 1),
        new(13, "CN", 8000, 1),
        new(101, "telephone-event", 8000, 1),
        new(102, "telephone-event", 48000, 1),
    ];

    [Theory]
    [InlineData("", "", "", "0 8 96 97 13 101 102")]
    [InlineData("pcma", "", "", "0 96 97 13 101 102")]
    [InlineData("PCMA/8000", "", "", "0 96 97 13 101 102")]
    [InlineData("PCMA/16000", "", "", "0 8 96 97 13 101 102")]
    [InlineData("opus/48000/1", "", "", "0 8 96 97 13 101 102")]
    [InlineData("opus/48000/2", "", "", "0 8 97 13 101 102")]
    [InlineData("telephone-event/48000", "", "", "0 8 96 97 13 101")]
    [InlineData("telephone_event", "", "", "0 8 96 97 13 101 102")]
    [InlineData("all", "", "", "0 8 96 97 13 101 102")]
    [InlineData("all", "telephone-event PCMU", "", "0 101 102")]
    [InlineData("FULL", "", "telephone-event PCMA PCMU", "8 0 101 102")]
    [InlineData("all", "telephone-event", "PCMA", "8 101 102")]
    [InlineData("all PCMU", "PCMU PCMA", "", "8")]
    [InlineData("all", "telephone-event CN", "", "0 8 96 97 13 101 102")]
    [InlineData("all", "opus", "PCMA PCMU", "96 8 0")]
    [InlineData("", "", "PCMA PCMU", "0 8 96 97 13 101 102")]
    [InlineData("PCMA", "PCMA", "", "0 96 97 13 101 102")]
    [InlineData("PCMU", "", "PCMU PCMU", "8 96 97 0 13 101 102")]
    [InlineData("all", "G729", "", "0 8 96 97 13 101 102")]
    public void Codecs_are_stripped_by_name(string strip, string except, string offer, string kept)
    {
        CodecSelection selection = CodecSelection.OfOffer(Codecs, new CodecRules(Words(strip), Words(except), Words(offer), IsSingle: true));
        NumbersOf(selection.Kept).ShouldBe(kept);
        selection.Kept.Concat(selection.Stripped).ShouldBe(Codecs, ignoreOrder: true);
    }

    [Fact]
    public void A_single_codec_keeps_its_events_and_comfort_noise() =>
        NumbersOf(CodecSelection.OfAnswer(Codecs, CodecRules.None with { IsSingle = true }, []).Kept).ShouldBe("0 13 101 102");

    [Fact]
    public void What_was_stripped_from_the_offer_is_stripped_from_the_answer_under_any_number()
    {
        ImmutableArray<SdpCodec> answer = [new(8, "PCMA", 8000, 1), new(111, "OPUS", 48000, 2), new(97, "", 0, 1)];
        ImmutableArray<SdpCodec> stripped = [new(96, "opus", 48000, 2), new(97, "", 0, 1)];
        NumbersOf(CodecSelection.OfAnswer(answer, CodecRules.None, stripped).Kept).ShouldBe("8");
        NumbersOf(CodecSelection.OfAnswer(answer[1..], CodecRules.None, stripped).Kept).ShouldBe("111 97", "nothing would be left");
    }

    private static ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string NumbersOf(IEnumerable<SdpCodec> codecs) => string.Join(' ', codecs.Select(codec => codec.PayloadType));
}
