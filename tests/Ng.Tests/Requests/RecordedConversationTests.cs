using System.Net;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.Ng.Tests.Encodings;
using RtpProxy.Protocols.Ng.Tests.Recorded;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>Requests of the recorded conversations, in both encodings.</summary>
public sealed class RecordedConversationTests
{
    [Theory]
    [InlineData("009")]
    [InlineData("012")]
    [InlineData("065")]
    [InlineData("066")]
    [InlineData("078")]
    public void Every_request_that_was_served_is_read_alike_in_both_encodings(string conversation)
    {
        foreach (NgTalkStep step in NgTalk.Read(conversation))
        {
            NgDictionary written = step.Dictionary;
            NgDictionary bencode = Bencode.Read(Values.Write(written, NgEncoding.Bencode)).ShouldNotBeNull();
            NgDictionary json = NgJson.Read(Values.Write(written, NgEncoding.Json), out _).ShouldNotBeNull();

            bencode.ShouldBe(written);
            json.ShouldBe(written);
            NgRequestReader.TryRead(bencode, out NgRequest? request, out string? error).ShouldBeTrue(error);
            request!.Command.Name().ShouldBe(written["command"].Text);
        }
    }

    [Fact]
    public void Repeated_cookies_are_read_like_any_others()
    {
        foreach (NgTalkStep step in NgTalk.Read("004"))
        {
            Responder.Answer(step.Raw).ShouldNotBeNull();
        }
    }

    [Fact]
    public void One_option_in_all_its_spellings_means_what_it_was_seen_to_do()
    {
        Dictionary<string, MediaOptions> options = NgTalk.Read("066")
            .Select(step => NgRequestReader.TryRead(step.Dictionary, out NgRequest? request, out _) ? request : null)
            .OfType<OfferRequest>()
            .ToDictionary(offer => offer.CallId, offer => offer.Options);

        MediaOptions none = new();
        options.Count.ShouldBe(10);
        options["call-g1"].ShouldBe(With(each => { each.Replace = Origin; each.UsesSipSourceAddress = false; }));
        options["call-g2"].ShouldBe(With(each =>
        {
            each.Replace = Origin;
            each.Crypto = none.Crypto with { Ice = IceOption.Remove };
            each.UsesSipSourceAddress = false;
            each.RtcpAttribute = RtcpAttribute.None;
        }));
        options["call-g3"].ShouldBe(With(each => { each.Replace = Origin; each.Crypto = none.Crypto with { Ice = IceOption.Remove }; }));
        options["call-g4"].ShouldBe(With(each => { each.Replace = Origin; each.RtcpMux = RtcpMuxOptions.Demux; }));
        options["call-g5"].Replace.ShouldBe(Origin);
        options["call-g5"].Codecs.Strip.ShouldBe(["PCMA"]);
        options["call-g6"].Codecs.Strip.ShouldBe(["PCMA"]);
        options["call-g6"].RtcpMux.ShouldBe(RtcpMuxOptions.Offer);
        options["call-g6"].AddressFamily.ShouldBe(SdpAddressFamily.IPv4);
        options["call-g7"].ShouldBe(With(each => each.RtcpAttribute = RtcpAttribute.None));
        options["call-g8"].ShouldBe(With(each =>
        {
            each.Profile = SdpProfile.Avpf;
            each.ReceivedFrom = IPAddress.Parse("127.0.7.51");
            each.RtcpMux = RtcpMuxOptions.Offer;
            each.MediaAddress = IPAddress.Parse("127.0.7.55");
        }));
        options["call-g9"].ShouldBe(With(each => each.RtcpMux = RtcpMuxOptions.Offer));
        options["call-g10"].ShouldBe(none);
    }

    private static ReplaceOptions Origin => new(Origin: true, SdpVersion: false, AlwaysVersion: false, ZeroAddress: false);

    private static MediaOptions With(Action<MediaOptions> set)
    {
        var options = new MediaOptions();
        set(options);
        return options;
    }
}
