using System.Text;
using RtpProxy.Protocols.Ng.Tests.Sdp;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary><c>play DTMF</c> from its words to its reply (ng protocol).</summary>
public sealed class PlayDtmfTests
{
    private readonly WholeRelay _relay = new();

    public PlayDtmfTests()
    {
        string sdp = Bodies.Crlf(Bodies.Audio)
            .Replace("198.51.100.5", "198.51.100.7", StringComparison.Ordinal) // where packets will come from
            .Replace("\r\n", "\\r\\n", StringComparison.Ordinal);
        Ask($$"""{"command":"offer","call-id":"c","from-tag":"a","sdp":"{{sdp}}"}""").ShouldContain("\"ok\"");
        Ask($$"""{"command":"answer","call-id":"c","from-tag":"a","to-tag":"b","sdp":"{{sdp}}"}""").ShouldContain("\"ok\"");
    }

    [Fact]
    public void A_digit_is_played_to_the_other_party_as_long_as_it_was_asked_for()
    {
        _relay.SendToAllPorts();

        Play("\"code\":\"#\",\"duration\":\"200\",\"volume\":12,\"pause\":100").ShouldBe("""{"result":"ok"}""");

        var sent = _relay.Relay.AdvanceSeconds(0.5);
        sent.Count.ShouldBe(10 + 2);
        sent[^1].Bytes[12..].ShouldBe([11, 0x80 | 12, 0x06, 0x40]);
    }

    [Theory]
    [InlineData("\"from-tag\":\"a\"", "Out of range 'code' specified")]
    [InlineData("\"from-tag\":\"a\",\"code\":16", "Out of range 'code' specified")]
    [InlineData("\"code\":\"1\"", "No participant party specified")]
    [InlineData("\"from-tag\":\"x\",\"code\":\"1\"", "From-tag given, but no such tag exists")]
    [InlineData("\"from-tag\":\"a\",\"digit\":\"1\"", "No SSRC context present for DTMF injection")]
    public void What_cannot_be_played_is_refused_as_clients_know_it(string keys, string error) =>
        Ask($$"""{"command":"play DTMF","call-id":"c",{{keys}}}""").ShouldContain($"\"error-reason\":\"{error}\"");

    private string Play(string keys) => Ask($$"""{"command":"play DTMF","call-id":"c","from-tag":"a",{{keys}}}""");

    private string Ask(string dictionary) => Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + dictionary))!)[2..];
}
