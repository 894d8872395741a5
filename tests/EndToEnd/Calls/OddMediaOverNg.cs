using System.Net;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Media lines over ng that are not a pair of ports for RTP and RTCP.</summary>
public sealed class OddMediaOverNg(NgSite site) : IClassFixture<NgSite>
{
    private static readonly string[] Audio = ["audio"];

    [Fact]
    public async Task A_call_becomes_a_fax_on_the_same_ports_and_what_is_no_RTP_passes()
    {
        await using var call = new TestCall(site, "fax", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().Report("answered")
                .ReceiveInvite().Report("asked for fax").AnswerAgain(Fax(call.Caller)).ReceiveRequest("ACK").Report("confirmed again")
                .ReceiveRequest("BYE").Confirm(),
            call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .PauseAt("confirmed")
                .Reinvite(Fax(call.Callee)).ReceiveResponse(200).Ack().PauseAt("fax").Bye());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();
        IPEndPoint toCallee = call.Callee.RelayOf(0);
        IPEndPoint toCaller = call.Caller.RelayOf(0);

        await call.Callee.Sipp.GoAsync();
        FaxShouldBe(await call.Caller.Sipp.ReachAsync("asked for fax"), toCaller);
        FaxShouldBe(await call.Callee.Sipp.ReachAsync("fax"), toCallee);
        await call.Caller.Sipp.ReachAsync("confirmed again");
        MediaSocket caller = call.Caller.Lines[0].Rtp;
        MediaSocket callee = call.Callee.Lines[0].Rtp;
        caller.Clear();
        callee.Clear();
        for (byte i = 0; i < 20; i++) // UDPTL: a sequence number, which begins with 0, and what it carries (ITU-T T.38)
        {
            caller.Send([0, i, 3, 0xC0, 1, i], toCaller);
            callee.Send([0, i, 3, 0xC0, 2, i], toCallee);
        }

        await caller.ReceiveAsync(20);
        await callee.ReceiveAsync(20);
        caller.Arrivals.Select(arrival => $"{arrival.Source} {Convert.ToHexString(arrival.Datagram)}")
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"{toCaller} 00{i:X2}03C002{i:X2}"));
        callee.Arrivals.Select(arrival => $"{arrival.Source} {Convert.ToHexString(arrival.Datagram)}")
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"{toCallee} 00{i:X2}03C001{i:X2}"));

        await call.Callee.Sipp.GoAsync();
        await EndAsync(call);
    }

    [Fact]
    public async Task A_caller_with_RTCP_on_the_port_of_RTP_talks_to_a_callee_who_has_two_ports()
    {
        await using var call = new TestCall(site, "mux", Audio);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp() + "\na=rtcp-mux").ReceiveResponse(200).Ack().PauseAt("answered").Bye(),
            ProxiedCalls.Answering(call, call.Callee.Sdp()));
        SipText invited = await call.Callee.HearAsync("invited");
        invited.Sdp!.Media[0].Attributes.ShouldNotContain("rtcp-mux");
        SdpMedia answered = (await call.Caller.Sipp.ReachAsync("answered")).Sdp!.Media[0];
        answered.Attributes.ShouldContain("rtcp-mux");
        await call.Callee.Sipp.ReachAsync("confirmed");
        var toCaller = new IPEndPoint(IPAddress.Parse(answered.Address), answered.Port);
        RtpPhone caller = call.Caller.Lines[0];
        RtpPhone callee = call.Callee.Lines[0];
        caller.Remote = toCaller;

        byte[] callersReport = NumberedPacket.SenderReport(caller.Ssrc, 5);
        for (int i = 0; i < 10; i++)
        {
            caller.SendPacket();
            callee.SendPacket();
            if (i == 5)
            {
                caller.Rtp.Send(callersReport, toCaller);
                callee.SendReport();
            }
        }

        await callee.Rtp.ReceiveAsync(10);
        await callee.Rtcp.ReceiveAsync(1);
        await caller.Rtp.ReceiveAsync(11);
        callee.Rtp.Arrivals.Count.ShouldBe(10);
        Arrival report = callee.Rtcp.Arrivals.ShouldHaveSingleItem();
        report.Datagram.ShouldBe(callersReport);
        report.Source.ShouldBe(new IPEndPoint(call.Callee.RelayOf(0).Address, call.Callee.RelayOf(0).Port + 1));
        caller.Rtp.Arrivals.Count(arrival => arrival.Datagram[1] == 200).ShouldBe(1);
        caller.Rtp.Arrivals.Select(arrival => arrival.Source).Distinct().ShouldBe([toCaller]);
        caller.Rtcp.Arrivals.ShouldBeEmpty();

        await call.Caller.Sipp.GoAsync();
        await call.Callee.Sipp.ReachAsync("hung up");
        await EndAsync(call);
    }

    private static string Fax(Party party) => string.Join(
        '\n',
        "v=0", $"o={party.Name} 1000 9 IN IP4 {party.Address}", "s=-", $"c=IN IP4 {party.Address}", "t=0 0",
        $"m=image {party.Lines[0].Rtp.Local.Port} udptl t38", "a=T38FaxVersion:0", "a=T38FaxUdpEC:t38UDPRedundancy");

    private static void FaxShouldBe(SipText message, IPEndPoint relay)
    {
        SdpMedia media = message.Sdp!.Media.ShouldHaveSingleItem();
        $"{media.Kind} {media.Address}:{media.Port} {media.Formats}".ShouldBe($"image {relay} t38");
        media.Attributes.ShouldBe(["T38FaxVersion:0", "T38FaxUdpEC:t38UDPRedundancy"]);
    }

    private static async Task EndAsync(TestCall call)
    {
        await call.Callee.Sipp.ShouldSucceedAsync();
        await call.Caller.Sipp.ShouldSucceedAsync();
        await call.NothingShouldBeLeftAsync();
    }
}
