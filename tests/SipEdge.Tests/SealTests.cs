using System.Net.Sockets;
using System.Text;
using RtpProxy.Sip;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Who has seen the seal of a call reaches its ends with it, and nobody else.</summary>
public sealed class SealTests
{
    [Theory]
    [InlineData("INFO", "")]
    [InlineData("INVITE", "")]
    [InlineData("BYE", "")]
    [InlineData("ACK", "")]
    [InlineData("MESSAGE", "a route")]
    public async Task A_stranger_with_the_seal_and_the_tags_of_a_call_reaches_its_other_end_whatever_it_asks_for(string method, string more)
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var third = new SipPeer("127.0.0.77");
        using var stranger = new SipPeer("127.0.0.66");
        string route = await edge.EstablishWithPasswordAsync();
        string asked = more.Length == 0 ? route : $"{route.TrimEnd()}, <sip:{third.HostPort};lr>\r\n";

        var call = new Dialogue(stranger, edge.Callee, edge.Udp);
        call.CallerSends(Towards(third, edge, call.FromCaller(method, null, asked, 9)));

        await edge.Callee.ExpectAsync(method);
        await edge.DrainAsync();
        third.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task Another_port_of_the_other_end_is_a_third_party_for_a_stranger()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var neighbour = new SipPeer("127.0.0.2");
        using var stranger = new SipPeer("127.0.0.66");
        string route = await edge.EstablishWithPasswordAsync();

        var call = new Dialogue(stranger, edge.Callee, edge.Udp);
        call.CallerSends(Towards(neighbour, edge, call.FromCaller("INFO", null, route, 9)));

        await edge.Callee.ExpectAsync("INFO");
        neighbour.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stranger_over_TCP_reaches_no_third_party_either()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var third = new SipPeer("127.0.0.77");
        string route = await edge.EstablishWithPasswordAsync();
        using var stranger = new TcpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.0.66"), 0));
        await stranger.ConnectAsync(edge.Tcp, TestContext.Current.CancellationToken);

        string info = Towards(third, edge, edge.Call.FromCaller("INFO", null, route, 9)).Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal);
        await stranger.GetStream().WriteAsync(Encoding.ASCII.GetBytes(info), TestContext.Current.CancellationToken);

        await edge.Callee.ExpectAsync("INFO");
        third.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task The_user_who_began_a_call_goes_where_the_other_end_says_from_its_own_address_or_with_its_password()
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var third = new SipPeer("127.0.0.77");
        using var elsewhere = new SipPeer("127.0.0.66");
        string route = await edge.EstablishWithPasswordAsync();
        var moved = new Dialogue(elsewhere, edge.Callee, edge.Udp);

        edge.Call.CallerSends(Towards(third, edge, edge.Call.FromCaller("INFO", null, route, 9)));
        await third.ExpectAsync("INFO");

        moved.CallerSends(moved.Initial("OPTIONS", null, branch: "z9hG4bK-question"));
        SipMessage challenge = await elsewhere.ExpectAsync("SIP/2.0 407");
        string credentials = new DigestClient("alice", "wonderland").Answer(challenge, "INFO", $"sip:bob@{third.HostPort}");
        moved.CallerSends(Towards(third, edge, moved.FromCaller("INFO", null, route + credentials, 10)));
        await third.ExpectAsync("INFO");

        string wrong = new DigestClient("alice", "guessed").Answer(challenge, "INFO", $"sip:bob@{third.HostPort}");
        moved.CallerSends(Towards(third, edge, moved.FromCaller("INFO", null, route + wrong, 11)));
        await edge.Callee.ExpectAsync("INFO");

        string another = new DigestClient("bob", "builder").Answer(challenge, "INFO", $"sip:bob@{third.HostPort}", count: 2);
        moved.CallerSends(Towards(third, edge, moved.FromCaller("INFO", null, route + another, 12)));
        await edge.Callee.ExpectAsync("INFO");
        third.HasMail.ShouldBeFalse();
    }

    [Theory]
    [InlineData("INFO")]
    [InlineData("INVITE")]
    public async Task What_somebody_at_another_address_sends_within_a_call_goes_on_as_often_as_it_comes(string method)
    {
        await using Edge edge = await Edge.StartAsync(trust: EdgeUsers.Trust);
        using var stranger = new SipPeer("127.0.0.66");
        string route = await edge.EstablishWithPasswordAsync();
        var call = new Dialogue(stranger, edge.Callee, edge.Udp);
        string request = call.FromCaller(method, null, route, 9);

        call.CallerSends(request);
        await edge.Callee.ExpectAsync(method);
        for (int i = 0; i < 20; i++)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await edge.DrainAsync();
        edge.Callee.HasMail.ShouldBeFalse();
        stranger.HasMail.ShouldBeFalse(); // A 100 would end its own repetitions.

        call.CallerSends(request);
        SipMessage second = await edge.Callee.ExpectAsync(method);
        edge.Callee.Send(Dialogue.Response(second, "200 OK"), edge.Udp);
        await stranger.ExpectAsync("SIP/2.0 200");
    }

    private static string Towards(SipPeer third, Edge edge, string request) =>
        request.Replace($"sip:bob@{edge.Callee.HostPort} SIP", $"sip:bob@{third.HostPort} SIP", StringComparison.Ordinal);
}
