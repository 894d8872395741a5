using System.Net;
using System.Text;
using RtpProxy.Protocols.Ng.Tests.Sdp;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>What <c>query</c> tells of a call with media, the whole way from the bytes of its commands (ng protocol).</summary>
public sealed class QueryFigureTests
{
    private readonly WholeRelay _relay = new();
    private readonly Endpoint _alice = Endpoint.From(IPAddress.Parse("198.51.100.5"), 4_000);

    [Theory]
    [InlineData(0, "PCMU/8000")]
    [InlineData(96, "opus/48000/2")]
    [InlineData(97, "iLBC/8000")] // as the receiver calls it
    [InlineData(98, "speex/16000")] // which only the sender has named
    public void A_codec_is_told_by_the_name_that_the_parties_gave_its_number(byte payloadType, string codec)
    {
        Ask("offer", "96 97 98", "a=rtpmap:96 opus/48000/2\na=rtpmap:97 AMR/8000\na=rtpmap:98 speex/16000\n");
        Ask("answer", "96 97", "a=rtpmap:96 opus/48000/2\na=rtpmap:97 iLBC/8000\n");

        Send(payloadType);

        Query().ShouldContain($"\"codec\":\"{codec}\"");
    }

    [Fact]
    public void A_codec_that_nobody_has_named_is_not_told()
    {
        Ask("offer", "96", "a=rtpmap:96 opus/48000/2\n");
        Ask("answer", "96", "a=rtpmap:96 opus/48000/2\n");
        Query().ShouldNotContain("\"codec\"", customMessage: "before media");

        Send(111);

        Query().ShouldNotContain("\"codec\"");
    }

    private void Send(byte payloadType)
    {
        int port = _relay.Relay.Workers[0].AllSessions[0].Caller.PortNumber;
        _relay.Relay.Receive(_alice, port, RtpBytes.Rtp(1, payloadType: payloadType), IPAddress.Parse("192.0.2.1"));
    }

    private void Ask(string command, string formats, string attributes)
    {
        string sdp = Bodies.Session + $"m=audio 4000 RTP/AVP 0 {formats}\n{attributes}";
        Answer($$"""{"command":"{{command}}","call-id":"c","from-tag":"a","to-tag":"b","sdp":"{{sdp.ReplaceLineEndings("\\r\\n")}}"}""")
            .ShouldContain("\"result\":\"ok\"");
    }

    private string Query() => Answer("""{"command":"query","call-id":"c"}""");

    private string Answer(string request) =>
        Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + request)).ShouldNotBeNull());
}
