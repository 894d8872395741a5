using System.Net;
using System.Text;
using RtpProxy.Protocols.Ng.Encodings;
using RtpProxy.Protocols.Ng.Tests.Sdp;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Protocols.Ng.Tests.Front;

/// <summary>What <c>statistics</c> tells, the whole way from the bytes of commands (ng protocol).</summary>
public sealed class StatisticsTests
{
    private static readonly IPAddress Proxy = IPAddress.Parse("192.0.2.70");

    private WholeRelay _relay = new();

    [Fact]
    public void Commands_are_counted_by_who_sends_them()
    {
        Call("a");
        Answer("""{"command":"query","call-id":"nobody"}""");
        Answer("""{"command":"brew","call-id":"a"}""");
        Answer("""{"command":"ping"}""", IPAddress.Parse("192.0.2.71"));
        Answer("""{"command":"ping"}""", client: null);

        NgDictionary control = Group("controlstatistics");

        NgDictionary[] proxies = [.. control["proxies"].Items.Select(proxy => proxy.Dictionary!)];
        proxies.Select(proxy => proxy["proxy"].Text).ShouldBe(["192.0.2.70", "192.0.2.71"]);
        proxies[0]["offercount"].Number.ShouldBe(1);
        proxies[0]["answercount"].Number.ShouldBe(1);
        proxies[0]["querycount"].Number.ShouldBe(1);
        proxies[0]["errorcount"].Number.ShouldBe(2, "what is no command, too");
        proxies[1]["pingcount"].Number.ShouldBe(1);
        control["totalpingcount"].Number.ShouldBe(2, "also of who is not known");
    }

    [Fact]
    public void Clients_beyond_what_is_kept_are_in_the_totals()
    {
        for (int i = 0; i < 100; i++)
        {
            Answer("""{"command":"ping"}""", IPAddress.Parse($"198.51.100.{i}"));
        }

        NgDictionary control = Group("controlstatistics");

        control["proxies"].Items.Length.ShouldBe(64);
        control["totalpingcount"].Number.ShouldBe(100);
    }

    [Fact]
    public void Calls_that_end_are_counted_by_what_ended_them()
    {
        Call("deleted");
        Answer("""{"command":"delete","call-id":"deleted","delete-delay":0}""");
        Call("silent");
        Answer(Offer("unanswered"));
        Call("held", "sendonly");

        _relay.Relay.Advance(TimeSpan.FromSeconds(7_200));

        NgDictionary total = Group("totalstatistics");
        total["managedsessions"].Number.ShouldBe(4);
        total["regularterminatedsessions"].Number.ShouldBe(1);
        total["timeoutsessions"].Number.ShouldBe(1);
        total["offertimeoutsessions"].Number.ShouldBe(1);
        total["silenttimeoutsessions"].Number.ShouldBe(1);
        total["forcedterminatedsessions"].Number.ShouldBe(0);
    }

    [Fact]
    public void A_call_that_may_not_begin_is_rejected()
    {
        _relay.Relay.Operations.BeginDrain();
        Answer(Offer("late"));

        Group("totalstatistics")["rejectedsessions"].Number.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Media_is_counted_by_the_second_and_how_it_fares(bool restarts)
    {
        _relay = new WholeRelay(restarts);
        Call("a");
        int port = _relay.Relay.Workers[0].AllSessions[0].Caller.PortNumber;
        for (int i = 1; i <= 300; i++)
        {
            _relay.Relay.Receive(Endpoint.From(IPAddress.Parse("198.51.100.5"), 4_000), port, RtpBytes.Rtp(i), IPAddress.Parse("192.0.2.1"));
            _relay.Relay.Advance(TimeSpan.FromMilliseconds(20));
        }

        NgDictionary current = Group("currentstatistics");
        current["packetrate"].Number.ShouldBe(50);
        current["byterate"].Number.ShouldBe(50 * 172);
        current["errorrate"].Number.ShouldBe(0);
        Group("mos")["mos_samples_total"].Number.ShouldBe(1);
        Group("mos")["mos_average"].Text.ShouldBe("4.409000", "one interval of 5 s");
        Group("mos")["mos_stddev"].Kind.ShouldBe(NgValueKind.None, "what is not known is not told");
        Group("voip_metrics")["packetloss_average"].Text.ShouldBe("0.000000");
    }

    private void Call(string callId, string direction = "sendrecv")
    {
        Answer(Offer(callId, direction)).ShouldContain("\"result\":\"ok\"");
        Answer(Offer(callId).Replace("\"offer\"", "\"answer\"", StringComparison.Ordinal)).ShouldContain("\"result\":\"ok\"");
    }

    private static string Offer(string callId, string direction = "sendrecv")
    {
        string sdp = Bodies.Session + $"m=audio 4000 RTP/AVP 0\na={direction}\n";
        return $$"""{"command":"offer","call-id":"{{callId}}","from-tag":"a","to-tag":"b","sdp":"{{sdp.ReplaceLineEndings("\\r\\n")}}"}""";
    }

    private NgDictionary Group(string name)
    {
        byte[] reply = _relay.Answer(Encoding.Latin1.GetBytes("1 d7:command10:statisticse")).ShouldNotBeNull();
        return Bencode.Read(reply.AsSpan(2))!["statistics"].Dictionary![name].Dictionary.ShouldNotBeNull(name);
    }

    private string Answer(string request) => Answer(request, Proxy);

    private string Answer(string request, IPAddress? client) =>
        Encoding.Latin1.GetString(_relay.Answer(Encoding.Latin1.GetBytes("1 " + request), client).ShouldNotBeNull());
}
