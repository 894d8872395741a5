using System.Net;
using System.Text.Json.Nodes;
using RtpProxy.EndToEnd.Processes;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Keys that are pressed in calls over ng, as their target is told.</summary>
public sealed class DigitsOverNg(NgDigitSite site) : IClassFixture<NgDigitSite>
{
    private const string Events = "\na=rtpmap:101 telephone-event/8000";

    private static readonly string[] Audio = ["audio"];

    /// <summary>SIPp plays the capture of a real phone that presses 5 and #: ten packets each, of 280 ms.</summary>
    [Fact]
    public async Task Keys_that_a_phone_presses_are_told_in_JSON()
    {
        await using var call = new TestCall(site, "digits", Audio);
        var media = new IPEndPoint(call.Caller.Address, Loopback.FreeUdpPort(call.Caller.Address));
        await call.StartAsync(
            call.CallerScript.Invite(ProxiedCalls.SdpWithMediaAt(call.Caller, media) + Events).ReceiveResponse(200).Ack().PauseAt("answered")
                .PlayCapture("dtmf_2833_5").PauseAt("five").PlayCapture("dtmf_2833_pound").PauseAt("pound").Bye(),
            ProxiedCalls.Answering(call, call.Callee.Sdp() + Events),
            media);
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");

        await call.Caller.Sipp.GoAsync();
        await call.Caller.Sipp.ReachAsync("five");
        await ShouldBeToldAsync(5);
        await call.Caller.Sipp.GoAsync();
        await call.Caller.Sipp.ReachAsync("pound");
        await ShouldBeToldAsync(11);

        await call.Caller.Sipp.GoAsync();
        await call.Callee.Sipp.ReachAsync("hung up");
        await call.Callee.Sipp.ShouldSucceedAsync();
        await call.Caller.Sipp.ShouldSucceedAsync();
        call.KeptConnections = 1; // the socket that tells
        await call.NothingShouldBeLeftAsync();

        async Task ShouldBeToldAsync(int key)
        {
            await site.Digits.ReceiveAsync(1);
            JsonNode told = JsonNode.Parse(site.Digits.Arrivals.ShouldHaveSingleItem().Datagram)!;
            site.Digits.Clear();
            $"{told["callid"]} {told["source_tag"]} {told["event"]} {told["volume"]} {told["duration"]}"
                .ShouldBe($"{call.Dialog.CallId} {call.Dialog.CallerTag} {key} 10 280");
        }
    }
}
