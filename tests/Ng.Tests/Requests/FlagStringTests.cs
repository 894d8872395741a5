using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;
using static RtpProxy.Protocols.Ng.Tests.Requests.Reading;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>The string <c>rtpp-flags</c> (ng protocol, 2.5).</summary>
public sealed class FlagStringTests
{
    [Theory]
    [InlineData("rtpp-flags")]
    [InlineData("rtpp_flags")]
    public void Words_and_keys_are_as_in_the_dictionary(string key)
    {
        MediaOptions options = Keys((key, Text("  replace-origin ICE=remove trust-address  no-rtcp-attribute unknown-thing x=y ")));

        options.Replace.Origin.ShouldBeTrue();
        options.Crypto.Ice.ShouldBe(IceOption.Remove);
        options.UsesSipSourceAddress.ShouldBe(false);
        options.RtcpAttribute.ShouldBe(RtcpAttribute.None);
    }

    [Fact]
    public void Brackets_hold_lists_and_dictionaries()
    {
        MediaOptions options = FlagString("replace=[origin zero-address] rtcp-mux=[ offer require ] codec=[strip=[PCMA] offer=[G722 PCMU]] SDES=[off]");

        options.Replace.ShouldBe(new ReplaceOptions(Origin: true, SdpVersion: false, AlwaysVersion: false, ZeroAddress: true));
        options.RtcpMux.ShouldBe(RtcpMuxOptions.Offer | RtcpMuxOptions.Require);
        options.Codecs.Strip.ShouldBe(["PCMA"]);
        options.Codecs.Offer.ShouldBe(["G722", "PCMU"]);
        options.Crypto.Sdes.IsOff.ShouldBeTrue();
    }

    [Fact]
    public void An_unclosed_bracket_is_closed_by_the_end()
    {
        MediaOptions options = FlagString("codec=[strip=[PCMA] ] replace=[origin");

        options.Codecs.Strip.ShouldBe(["PCMA"]);
        options.Replace.Origin.ShouldBeTrue();
        FlagString("codec=[strip=[PCMA").Codecs.Strip.ShouldBe(["PCMA"]);
        FlagString("replace=[").ShouldBe(new MediaOptions());
        FlagString("replace=").ShouldBe(new MediaOptions());
        FlagString("=").ShouldBe(new MediaOptions());
        FlagString("] [ ]] generate-mid").GenerateMid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("codec-strip-PCMA")]
    [InlineData("codec-strip=PCMA")]
    [InlineData("codec-strip=[PCMA]")]
    [InlineData("codec=[strip=[PCMA]]")]
    [InlineData("codec=[strip=PCMA]")]
    public void A_codec_is_stripped_in_four_spellings(string text) => FlagString(text).Codecs.Strip.ShouldBe(["PCMA"]);

    [Theory]
    [InlineData("RTP AVP", SdpProfile.Avp)]
    [InlineData("SRTP", SdpProfile.Savp)]
    [InlineData("SRTP AVPF", SdpProfile.Savpf)]
    [InlineData("AVPF SRTP", SdpProfile.Savpf)]
    [InlineData("DTLS", SdpProfile.DtlsSavp)]
    [InlineData("DTLS AVPF", SdpProfile.DtlsSavpf)]
    [InlineData("DTLS RTP", SdpProfile.Avp)]
    [InlineData("UDP/TLS/RTP/SAVPF", SdpProfile.DtlsSavpf)]
    [InlineData("RTP/SAVPF RTP/AVP", SdpProfile.Avp)]
    [InlineData("RTP/SAVPF AVP", SdpProfile.Savp)]
    [InlineData("transport-protocol=RTP/AVPF", SdpProfile.Avpf)]
    public void Transport_words_combine_and_the_last_wins(string text, SdpProfile expected) => FlagString(text).Profile.ShouldBe(expected);

    [Fact]
    public void Transport_words_mean_nothing_in_the_list_of_flags() => Flags("DTLS", "SRTP", "AVPF").Profile.ShouldBe(SdpProfile.None);

    [Theory]
    [InlineData("internal external", "internal", "external")]
    [InlineData("direction=a direction=b direction=c", "a", "b")]
    [InlineData("direction=a external", "a", "external")]
    [InlineData("direction=[a b]", "a", "b")]
    [InlineData("external", "external", null)]
    public void Interfaces_are_named_one_after_the_other(string text, string from, string? to) =>
        FlagString(text).Interfaces.ShouldBe(new InterfaceOptions(from, to));

    [Fact]
    public void Tags_in_the_string_set_the_flags_that_go_with_them()
    {
        Request<DeleteRequest>("delete", ("rtpp-flags", Text("to-tag=B"))).ToTag.ShouldBe("B");

        var block = Request<BlockRequest>("block media", ("rtpp-flags", Text("from-tag=A")));
        block.Party.ShouldBe(new PartySelection(PartySelector.Tag, "A", null));
    }

    [Fact]
    public void The_dictionary_overrides_the_string_wherever_it_stands()
    {
        Keys(("rtpp-flags", Text("TOS=8 label=s direction=a")), ("TOS", new NgValue(9)), ("direction", List("x", "y")))
            .ShouldSatisfyAllConditions(
                options => options.Tos.Value.ShouldBe((byte)9),
                options => options.Label.ShouldBe("s"),
                options => options.Interfaces.ShouldBe(new InterfaceOptions("x", "y")));
        Keys(("TOS", new NgValue(9)), ("rtpp-flags", Text("TOS=8"))).Tos.Value.ShouldBe((byte)9);
    }

    [Fact]
    public void Deep_brackets_and_many_elements_are_bounded()
    {
        FlagString(string.Concat(Enumerable.Repeat("codec=[", 10_000)));
        FlagString("replace=" + new string('[', 40_000));
        FlagString("replace=[" + string.Concat(Enumerable.Repeat("x ", 20_000)));
        FlagString(string.Concat(Enumerable.Repeat("x ", 20_000)) + "generate-mid").GenerateMid.ShouldBeFalse();
    }
}
