using System.Net;
using RtpProxy.EndToEnd.Phones;
using RtpProxy.EndToEnd.Processes;
using RtpProxy.EndToEnd.Sipp;

namespace RtpProxy.EndToEnd.Calls;

/// <summary>Two phones ring, and the branch of each Via tells the relay which of them it is.</summary>
public sealed class ForksOverNg(NgSite site) : IClassFixture<NgSite>
{
    private static readonly string[] Audio = ["audio"];

    [Fact]
    public async Task Whoever_answers_talks_though_another_phone_was_heard_first()
    {
        await using var call = new TestCall(site, "fork", Audio);
        using var directory = new WorkDirectory();
        IPAddress address = Loopback.NextAddress();
        Dialog early = call.ForkTo(address);
        await using var other = new Party("other", address, call.Relay.Address, Audio, isMarked: false);
        other.Starts(await SippPhone.StartAsync(
            "other",
            SippScript.Callee(early).ReceiveInvite(keepVias: true).Progress(other.Sdp()).Report("invited")
                .ReceiveRequest("CANCEL").Confirm().RefuseCancelled().ReceiveRequest("ACK").Report("given up"),
            early, early.Callee, proxy: null, directory));
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(183).Report("early").ReceiveResponse(200).Ack()
                .PauseAt("answered").Bye(),
            call.CalleeScript.ReceiveInvite().PauseAt("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed").ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Callee.HearAsync("invited");
        await other.HearAsync("invited");
        other.RelayOf(0).ShouldNotBe(call.Callee.RelayOf(0));
        await call.Caller.HearAsync("early");
        RtpPhone ahead = other.Lines[0];
        ahead.SendPacket();
        await call.Caller.Lines[0].Rtp.ReceiveAsync(1);
        call.Caller.Lines[0].TakeOthersThan(call.Callee.Lines[0]).Count.ShouldBe(1);

        await call.Callee.Sipp.GoAsync();
        await call.Caller.HearAsync("answered"); // on the port that it was told with the early media
        await call.Callee.Sipp.ReachAsync("confirmed");
        await other.Sipp.ReachAsync("given up");
        ahead.SendPacket(); // nobody hears it any more
        await call.TalkAsync();
        call.Callee.Lines[0].ShouldHaveHeardExactly(call.Caller.Lines[0], call.Callee.RelayOf(0));
        call.Caller.Lines[0].ShouldHaveHeardExactly(call.Callee.Lines[0], call.Caller.RelayOf(0));
        ahead.ShouldHaveReceivedNothing();

        await call.Caller.Sipp.GoAsync();
        await call.Callee.Sipp.ReachAsync("hung up");
        await call.Callee.Sipp.ShouldSucceedAsync();
        await call.Caller.Sipp.ShouldSucceedAsync();
        await other.Sipp.ShouldSucceedAsync();
        await call.NothingShouldBeLeftAsync();
        Loopback.IsFree(other.RelayOf(0)).ShouldBeTrue();
    }
}
