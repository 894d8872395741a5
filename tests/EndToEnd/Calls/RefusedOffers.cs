namespace RtpProxy.EndToEnd.Calls;

/// <summary>Offers within a call that come to nothing, with media that goes on.</summary>
public abstract class RefusedOffers(CallSite site)
{
    private static readonly string[] Audio = ["audio"];

    [Theory]
    [InlineData("488 Not Acceptable Here", false)]
    [InlineData("491 Request Pending", false)]
    [InlineData("488 Not Acceptable Here", true)]
    public async Task A_caller_who_is_silent_hears_on_after_its_re_INVITE_was_refused(string status, bool wasHold)
    {
        await using var call = new TestCall(site, "refused", Audio);
        string offer = call.Caller.Sdp(hold: wasHold, behindNat: !wasHold);
        await call.StartAsync(
            call.CallerScript.Invite(call.Caller.Sdp()).ReceiveResponse(200).Ack().PauseAt("answered")
                .Reinvite(offer).ReceiveResponse(int.Parse(status[..3])).AckRefusal().PauseAt("refused")
                .Bye(),
            call.CalleeScript.ReceiveInvite().Report("invited").Ring().Answer(call.Callee.Sdp()).ReceiveRequest("ACK")
                .Report("confirmed").ReceiveInvite().RefuseAgain(status).ReceiveRequest("ACK")
                .ReceiveRequest("BYE").Report("hung up").Confirm());
        await call.Callee.HearAsync("invited");
        await call.Caller.HearAsync("answered");
        await call.Callee.Sipp.ReachAsync("confirmed");
        await call.TalkAsync();

        await call.Caller.Sipp.GoAsync();
        await call.Caller.Sipp.ReachAsync("refused");

        // The caller says nothing from now on: no packet of its own tells the relay where it is.
        await call.Callee.Lines[0].TalkAsync(25, TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
        await call.ListenAsync();

        await call.FiguresShouldHoldAsync();
        await call.Caller.Sipp.GoAsync();
        await call.HangUpShouldCarryFiguresAsync(call.Callee);
        await call.EndAsync();
    }
}
