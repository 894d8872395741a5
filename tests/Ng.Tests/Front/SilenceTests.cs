using System.Net;
using System.Text;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary><c>silence media</c> of what parties may encrypt without a profile that says so (ng protocol; RFC 8643).</summary>
public sealed class SilenceTests
{
    private const string Keys = @"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n";

    private readonly WholeRelay _relay = new();

    [Theory]
    [InlineData(Keys, Keys, false)]
    [InlineData(Keys, "", true)]
    [InlineData("", "", true)]
    public void It_is_held_back_where_both_told_keys_and_is_silence_elsewhere(string ofOffer, string ofAnswer, bool passes)
    {
        Say("""command":"offer","from-tag":"a""", "198.51.100.5", ofOffer);
        Say("""command":"answer","from-tag":"a","to-tag":"b""", "198.51.100.6", ofAnswer);
        Ask("""{"command":"silence media","call-id":"c"}""").ShouldContain("ok");
        Leg alice = _relay.Relay.Workers[0].AllSessions[0].Caller;

        IReadOnlyList<SentDatagram> sent = _relay.Relay.Receive(
            Endpoint.From(IPAddress.Parse("198.51.100.5"), 4000), alice.PortNumber, RtpBytes.Rtp(1), alice.Local.Address);

        sent.Select(datagram => datagram.Bytes[12]).ShouldBe(passes ? [(byte)0xff] : []);
    }

    private void Say(string command, string address, string attributes) => Ask(
        $$"""{"{{command}}","call-id":"c","sdp":"v=0\r\no=- 1 1 IN IP4 {{address}}\r\ns=-\r\nc=IN IP4 {{address}}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n{{attributes}}"}""")
        .ShouldContain("ok");

    private string Ask(string dictionary) => Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + dictionary))!);
}
