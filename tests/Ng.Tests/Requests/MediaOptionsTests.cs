using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Sip.Sdp;
using static RtpProxy.Protocols.Ng.Tests.Encodings.Values;
using static RtpProxy.Protocols.Ng.Tests.Requests.Reading;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>Options of offers and answers (ng protocol, 4), in all their spellings (2.3 to 2.6).</summary>
public sealed class MediaOptionsTests
{
    [Fact]
    public void Without_options_all_is_default()
    {
        Keys().ShouldBe(new MediaOptions());
        Keys().FindRefusal().ShouldBeNull();
    }

    [Fact]
    public void Unknown_words_keys_and_values_change_nothing()
    {
        MediaOptions options = Keys(
            ("ICE", Text("maybe")),
            ("flags", List("no-such-flag", "<null>", "x=y", "replace-", "codec-", "codec-strip", "port-latching", "strict-source", "inject-DTMF")),
            ("replace", List("nothing", "session-connection")),
            ("rtcp-mux", List("x")),
            ("address-family", Text("IP5")),
            ("transport-protocol", Text("FOO/BAR")),
            ("media-address", Text("nonsense")),
            ("TOS", Text("high")),
            ("ptime", Text("twenty")),
            ("codec", Text("PCMA")),
            ("direction", new NgValue(NgDictionary.Empty)),
            ("SDES", List("static", "unencrypted_srtcp")),
            ("T.38", List("stop", "no-ECM")),
            ("sip-message-type", Text("sip_request")),
            ("key", Text("value")));

        options.ShouldBe(new MediaOptions());
    }

    [Theory] // What has nothing to do here, or is always so.
    [InlineData("symmetric force unidirectional no-redis-update debug reset provisional new-branch early-media no-jitter-buffer recrypt")]
    [InlineData("allow-transcoding asymmetric-codecs symmetric-codecs reorder-codecs reuse-codecs detect-DTMF generate-RTCP mirror-RTCP block-short NAT-wait")]
    [InlineData("pierce-NAT no-port-latching endpoint-learning-immediate endpoint-learning-delayed endpoint-learning-heuristic allow-no-codec-media")]
    [InlineData("codec-accept-PCMU codec-set-opus/48000 codec-ignore-GSM BUNDLE-accept BUNDLE-offer BUNDLE-strict BUNDLE-reject replace-session-connection")]
    public void Words_that_are_known_and_do_nothing_are_ignored(string words) => Flags(words.Split(' ')).ShouldBe(new MediaOptions());

    [Theory]
    [InlineData("transport protocol", "media address", "rtcp mux")]
    [InlineData("Transport-Protocol", "MEDIA_ADDRESS", "RTCP-mux")]
    public void Keys_are_the_same_in_every_spelling(string transport, string address, string mux)
    {
        MediaOptions options = Keys((transport, Text("RTP/AVPF")), (address, Text("127.0.7.55")), (mux, List("offer")));

        options.Profile.ShouldBe(SdpProfile.Avpf);
        options.MediaAddress.ShouldBe(IPAddress.Parse("127.0.7.55"));
        options.RtcpMux.ShouldBe(RtcpMuxOptions.Offer);
    }

    [Theory]
    [InlineData("no-rtcp-attribute")]
    [InlineData("no rtcp attribute")]
    [InlineData("No-RTCP-attribute")]
    [InlineData("no_rtcp_attribute")]
    public void Flags_are_the_same_in_every_spelling(string flag) => Flags(flag).RtcpAttribute.ShouldBe(RtcpAttribute.None);

    [Fact]
    public void A_string_is_a_list_of_one()
    {
        Keys(("replace", Text("origin"))).Replace.Origin.ShouldBeTrue();
        Keys(("flags", Text("generate-mid"))).GenerateMid.ShouldBeTrue();
        Keys(("flags", Text("replace-origin no-rtcp-attribute"))).ShouldBe(new MediaOptions());
        Keys(("direction", Text("external"))).Interfaces.ShouldBe(new InterfaceOptions("external", null));
        Keys(("ICE", List("force"))).Crypto.Ice.ShouldBe(IceOption.Force);
    }

    [Fact]
    public void What_is_a_list_may_be_words_of_flags()
    {
        MediaOptions options = Flags(
            "replace-origin", "rtcp-mux-demux", "SDES-off", "SDES-no-AES_CM_128_HMAC_SHA1_80", "SDES-only-AEAD_AES_128_GCM",
            "OSRTP-accept", "codec-strip-PCMA", "codec-mask-iLBC/8000", "codec-offer-G722", "codec-except-telephone-event",
            "endpoint-learning-off", "codec-accept-opus", "codec-set-PCMU/8000");

        options.Replace.ShouldBe(new ReplaceOptions(Origin: true, SdpVersion: false, AlwaysVersion: false, ZeroAddress: false));
        options.RtcpMux.ShouldBe(RtcpMuxOptions.Demux);
        options.Crypto.Sdes.IsOff.ShouldBeTrue();
        options.Crypto.Sdes.Except.ShouldBe(["AES_CM_128_HMAC_SHA1_80"]);
        options.Crypto.Sdes.Only.ShouldBe(["AEAD_AES_128_GCM"]);
        options.Crypto.AcceptsOsrtp.ShouldBeTrue();
        options.Codecs.Strip.ShouldBe(["PCMA", "iLBC/8000"]);
        options.Codecs.Offer.ShouldBe(["G722"]);
        options.Codecs.Except.ShouldBe(["telephone-event"]);
        options.Asymmetric.ShouldBeTrue();
        options.FindRefusal().ShouldBeNull();
    }

    [Fact]
    public void A_key_with_its_value_is_no_word_of_flags() => Flags(
        "address-family=IP4", "media-address=127.0.7.55", "transport-protocol=RTP/AVPF", "label=one", "ICE=remove", "codec-strip=PCMA")
        .ShouldBe(new MediaOptions());

    [Fact]
    public void Addresses_and_interfaces_are_read()
    {
        Keys(("received-from", List("IP4", "127.0.7.51"))).ReceivedFrom.ShouldBe(IPAddress.Parse("127.0.7.51"));
        Keys(("received-from", List("IP6", "::1"))).ReceivedFrom.ShouldBe(IPAddress.IPv6Loopback);
        Keys(("received-from", Text("192.0.2.1"))).ReceivedFrom.ShouldBe(IPAddress.Parse("192.0.2.1"));
        Keys(("received-from", List("IP4", "host.example"))).ReceivedFrom.ShouldBeNull();
        Keys(("media-address", Text("16"))).MediaAddress.ShouldBeNull();
        Keys(("address family", Text("IP6"))).AddressFamily.ShouldBe(SdpAddressFamily.IPv6);
        Keys(("direction", List("priv", "pub"))).Interfaces.ShouldBe(new InterfaceOptions("priv", "pub"));
        Keys(("direction", List("a", "b", "c"))).Interfaces.ShouldBe(new InterfaceOptions("a", "b"));
        Keys(("to-interface", Text("t")), ("from-interface", Text("f"))).Interfaces.ShouldBe(new InterfaceOptions("f", "t"));
        Flags("SIP-source-address").UsesSipSourceAddress.ShouldBe(true);
        Flags("trust address").UsesSipSourceAddress.ShouldBe(false);
    }

    [Theory]
    [InlineData("192.0.2.1:5000", "192.0.2.1:5000")]
    [InlineData("[2001:db8::1]:5000", "[2001:db8::1]:5000")]
    [InlineData("2001:db8::1:5000", null)]
    [InlineData("[192.0.2.1]:5000", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("192.0.2.1:0", null)]
    [InlineData("192.0.2.1:70000", null)]
    [InlineData("host:5000", null)]
    [InlineData(":5000", null)]
    [InlineData("", null)]
    public void Where_DTMF_events_go_is_an_address_and_a_port(string text, string? expected)
    {
        MediaOptions options = Keys(("DTMF-log-dest", Text(text)));

        options.DtmfLogDestination?.ToString().ShouldBe(expected);
        options.UnreadDtmfLogDestination.ShouldBe(expected is null ? text : null, "so that it can be told");
    }

    [Theory]
    [InlineData("184", false, 184)]
    [InlineData("0", false, 0)]
    [InlineData("255", false, 255)]
    [InlineData("256", false, null)]
    [InlineData("-1", true, null)]
    public void TOS_is_a_number_or_a_string(string text, bool keeps, int? value)
    {
        var expected = new TosOption(keeps, (byte?)value);
        Keys(("TOS", Text(text))).Tos.ShouldBe(expected);
        Keys(("TOS", new NgValue(long.Parse(text)))).Tos.ShouldBe(expected);
    }

    [Fact]
    public void Other_values_are_read()
    {
        MediaOptions options = Keys(
            ("label", Text("caller")), ("metadata", Text("k1:v1|k2:v2")), ("record-call", Text("yes")), ("ptime", Text("20")),
            ("ptime-reverse", new NgValue(40)), ("drop-traffic", Text("start")),
            ("flags", List("original-sendrecv", "full-rtcp-attribute", "strip-extmap", "loop-protect", "media-handover", "asymmetric", "single-codec", "fragment")));

        options.ShouldSatisfyAllConditions(
            () => options.Label.ShouldBe("caller"),
            () => options.Metadata.ShouldBe("k1:v1|k2:v2"),
            () => options.RecordCall.ShouldBe(true),
            () => options.Ptime.ShouldBe(20),
            () => options.PtimeReverse.ShouldBe(40),
            () => options.DropTraffic.ShouldBe(true),
            () => options.OriginalSendRecv.ShouldBeTrue(),
            () => options.RtcpAttribute.ShouldBe(RtcpAttribute.PortAndAddress),
            () => options.StripExtmap.ShouldBeTrue(),
            () => options.LoopProtect.ShouldBeTrue(),
            () => options.MediaHandover.ShouldBeTrue(),
            () => options.Asymmetric.ShouldBeTrue(),
            () => options.Codecs.IsSingle.ShouldBeTrue(),
            () => options.IsIceFragment.ShouldBeTrue());
        Keys(("record-call", Text("off"))).RecordCall.ShouldBe(false);
        Keys(("drop-traffic", Text("stop"))).DropTraffic.ShouldBe(false);
        Flags("record-call").RecordCall.ShouldBe(true);
        Keys(("transport-protocol", Text("accept"))).AcceptsProfile.ShouldBeTrue();
        Flags("no-rtcp-attribute", "full-rtcp-attribute").RtcpAttribute.ShouldBe(RtcpAttribute.None);
    }

    [Fact]
    public void Codecs_are_a_dictionary_of_lists()
    {
        NgDictionary codec = Dictionary(("strip", List("all")), ("except", List("PCMU")), ("offer", Text("PCMA")));

        CodecRules rules = Keys(("codec", new NgValue(codec))).Codecs;

        rules.Strip.ShouldBe(["all"]);
        rules.Except.ShouldBe(["PCMU"]);
        rules.Offer.ShouldBe(["PCMA"]);
    }

    [Fact]
    public void What_needs_transcoding_is_refused()
    {
        Flags("transcode-G722").FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Flags("codec-transcode-G722").FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Flags("always-transcode").FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Flags("T.38-decode").FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Keys(("T.38", Text("decode"))).FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Keys(("T.38", List("force"))).FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Keys(("codec", new NgValue(Dictionary(("consume", List("opus")))))).FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        FlagString("transcode=G722").FindRefusal().ShouldBe(NgErrors.NoTranscoding);
        Flags("allow-transcoding").FindRefusal().ShouldBeNull();
    }

    [Theory]
    [InlineData("force", NgErrors.NoIce)]
    [InlineData("remove", null)]
    [InlineData("default", null)]
    [InlineData("optional", null)]
    [InlineData("force-relay", null)]
    public void ICE_is_refused_when_it_is_forced(string value, string? expected) => Keys(("ICE", Text(value))).FindRefusal().ShouldBe(expected);

    [Fact]
    public void Browsers_are_refused() => Flags("WebRTC").FindRefusal().ShouldBe(NgErrors.NoIce);

    [Theory]
    [InlineData("call.pcap", null)]
    [InlineData("../call.pcap", NgErrors.BadRecordingFile)]
    [InlineData("/tmp/call.pcap", NgErrors.BadRecordingFile)]
    [InlineData("..", NgErrors.BadRecordingFile)]
    [InlineData("a\0b", NgErrors.BadRecordingFile)]
    [InlineData("", NgErrors.BadRecordingFile)]
    public void A_recording_is_named_by_a_base_name_only(string name, string? expected)
    {
        Keys(("recording-file", Text(name))).FindRefusal().ShouldBe(expected);
        Request<RecordingRequest>("start recording", ("recording-file", Text(name))).FindRefusal().ShouldBe(expected);
        Keys(("recording-dir", Text("x"))).FindRefusal().ShouldBe(NgErrors.BadRecordingFile);
    }

    [Fact]
    public void Of_a_repeated_key_the_first_counts_in_any_spelling()
    {
        Keys(("TOS", new NgValue(8)), ("tos", new NgValue(9))).Tos.Value.ShouldBe((byte)8);
        Request<DeleteRequest>("delete", ("delete delay", new NgValue(5)), ("delete-delay", Text("7")))
            .Delay.ShouldBe(TimeSpan.FromSeconds(5));
    }
}
