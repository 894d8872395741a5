using System.Text;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary><c>transport-protocol</c> over several exchanges, in what both parties are told (ng protocol).</summary>
public sealed class ProfileTests
{
    private const string Avp = "RTP/AVP";
    private const string Avpf = "RTP/AVPF";

    private readonly WholeRelay _relay = new();

    [Fact]
    public void Each_party_keeps_its_profile_in_later_offers_of_both()
    {
        Tell("offer", "a", "b", Avp, "\"transport-protocol\":\"RTP/AVPF\",").ShouldBe(Avpf);
        Tell("answer", "a", "b", Avpf).ShouldBe(Avp);

        Tell("offer", "a", "b", Avp).ShouldBe(Avpf);
        Tell("answer", "a", "b", Avpf).ShouldBe(Avp);
        Tell("offer", "b", "a", Avpf).ShouldBe(Avp);
        Tell("answer", "b", "a", Avp).ShouldBe(Avpf);
    }

    [Fact]
    public void Who_takes_another_profile_asks_for_it()
    {
        Tell("offer", "a", "b", Avp).ShouldBe(Avp);
        Tell("answer", "a", "b", Avp).ShouldBe(Avp);

        Tell("offer", "a", "b", Avpf).ShouldBe(Avpf);
        Tell("answer", "a", "b", Avpf).ShouldBe(Avpf);
        Tell("offer", "a", "b", Avp).ShouldBe(Avp);
    }

    private string Tell(string command, string from, string to, string profile, string options = "")
    {
        string sdp = $"v=0\\r\\no=- 1 1 IN IP4 198.51.100.5\\r\\ns=-\\r\\nc=IN IP4 198.51.100.5\\r\\nt=0 0\\r\\nm=audio 4000 {profile} 0\\r\\n";
        string request = $$"""1 {"command":"{{command}}","call-id":"c","from-tag":"{{from}}","to-tag":"{{to}}",{{options}}"sdp":"{{sdp}}"}""";
        string reply = Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes(request)).ShouldNotBeNull());
        return reply[reply.IndexOf("m=audio ", StringComparison.Ordinal)..].Split(' ')[2];
    }
}
