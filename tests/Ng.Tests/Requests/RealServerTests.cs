using System.Net;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.Ng.Tests.Recorded;

namespace RtpProxy.Protocols.Ng.Tests.Requests;

/// <summary>What Kamailio 5.6 and OpenSIPS 4.1 sent is understood as it was meant (ng protocol, 10.1).</summary>
public sealed class RealServerTests
{
    [Fact]
    public void Every_request_of_Kamailio_is_read() => Read(Recording.Kamailio).Count.ShouldBeGreaterThan(30);

    [Fact]
    public void Every_request_of_OpenSIPS_is_read() => Read(Recording.OpenSips).Count.ShouldBeGreaterThan(35);

    [Fact]
    public void Kamailio_always_understands_load_limit_and_OpenSIPS_never()
    {
        Read(Recording.Kamailio).OfType<ExchangeRequest>().ShouldAllBe(request => request.SupportsLoadLimit);
        Read(Recording.OpenSips).OfType<ExchangeRequest>().ShouldAllBe(request => !request.SupportsLoadLimit);
    }

    [Fact]
    public void Both_say_where_each_message_came_from() => Read([.. Recording.All]).OfType<ExchangeRequest>()
        .ShouldAllBe(request => request.Options.ReceivedFrom != null && request.Options.ReceivedFrom.ToString().StartsWith("127.0.7."));

    [Fact]
    public void The_words_of_both_scripts_mean_the_same()
    {
        foreach (List<NgRequest> requests in (List<NgRequest>[])[Read(Recording.Kamailio), Read(Recording.OpenSips)])
        {
            MediaOptions[] options = [.. requests.OfType<ExchangeRequest>().Select(request => request.Options)];
            options.ShouldContain(each => each.Replace.Origin);
            options.ShouldContain(each => each.Crypto.Ice == IceOption.Remove && each.RtcpMux == RtcpMuxOptions.Demux && each.Profile == SdpProfile.Avp);
            options.ShouldContain(each => each.Crypto.Ice == IceOption.Force && each.RtcpMux == RtcpMuxOptions.Accept);
            options.ShouldContain(each => each.Crypto.Sdes.IsOff && each.GenerateMid && each.RtcpAttribute == RtcpAttribute.None);
            options.ShouldContain(each => each.Crypto.Dtls == DtlsOption.Passive);
            options.ShouldContain(each => each.UsesSipSourceAddress == true);
            options.ShouldContain(each => each.Interfaces.From != null);
            options.ShouldContain(each => Equals(each.MediaAddress, IPAddress.Parse("127.0.7.51")));
            options.ShouldContain(each => each.Codecs.IsSingle);
            requests.OfType<BlockRequest>().ShouldContain(request => request.Party.By == PartySelector.All);
            requests.OfType<PlayMediaRequest>().ShouldAllBe(request => request.FindRefusal() == null);
            requests.OfType<PlayDtmfRequest>().ShouldAllBe(request => request.Event == 5 && request.FindRefusal() == null);
        }
    }

    [Fact]
    public void What_OpenSIPS_leaves_in_flags_counts_as_well()
    {
        MediaOptions options = Read(Recording.OpenSips).OfType<OfferRequest>().Single(request => request.Options.Label == "caller").Options;

        options.Tos.Value.ShouldBe((byte)184);
        options.Ptime.ShouldBe(20);
        options.Metadata.ShouldBe("x:y");
        options.Codecs.Strip.ShouldContain("PCMA");
        options.Asymmetric.ShouldBeTrue();
        options.MediaHandover.ShouldBeTrue();
        options.LoopProtect.ShouldBeTrue();
        options.Crypto.Sdes.Only.ShouldBe(["AES_CM_128_HMAC_SHA1_80"]);
        options.Crypto.AcceptsOsrtp.ShouldBeTrue();
        options.FindRefusal().ShouldBe(NgErrors.NoTranscoding);
    }

    private static List<NgRequest> Read(byte[][] datagrams)
    {
        var requests = new List<NgRequest>();
        foreach (byte[] datagram in datagrams)
        {
            NgMessage.TrySplit(datagram, out NgMessage message).ShouldBeTrue();
            NgRequestReader.TryRead(message.ReadDictionary(out _)!, out NgRequest? request, out string? error).ShouldBeTrue(error);
            requests.Add(request!);
        }

        return requests;
    }
}
