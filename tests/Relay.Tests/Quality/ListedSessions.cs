using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Quality;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Quality;

/// <summary>Lists and counts agree on what is trouble: they go by the verdict of the last second.</summary>
public sealed class ListedSessions
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void A_fax_that_both_send_is_no_trouble_in_lists_and_counts()
    {
        _ = new Call(_relay, "declined", bob: Bob.WithPort(0));
        _ = new Call(_relay, "silent");
        var talk = new Talk(_relay, new Call(_relay, "fax"));
        byte number = 0;
        talk.For(7, alice: false, bob: false, () =>
        {
            byte[] udptl = [0, number, 3, 0xc0, number++, 0x80, 0, 1, 2, 0xc0, 1];
            talk.Call.FromAlice(Alice, udptl);
            talk.Call.FromBob(Bob, udptl);
        });

        List(new SessionFilter()).ShouldBe(["silent Silent", "declined Held", "fax NotRtp"]);
        List(new SessionFilter(TroubleOnly: true)).ShouldBe(["silent Silent"]);
        List(new SessionFilter(Code: VerdictCode.NotRtp)).ShouldBe(["fax NotRtp"]);
        CensusOperation census = Done(_relay.Operations.Census());
        census.SessionsInTrouble.ShouldBe(1);
        census.SessionsWith(VerdictCode.NotRtp).ShouldBe(1);
    }

    [Fact]
    public void A_list_says_what_is_counted()
    {
        new Talk(_relay).Silence(5.9);
        _relay.Advance(TimeSpan.FromMilliseconds(99));

        List(new SessionFilter()).ShouldBe([$"call {(Done(_relay.Operations.Census()).SessionsInTrouble == 1 ? "Silent" : "Waiting")}"]);
    }

    private string[] List(SessionFilter filter) =>
    [
        .. Done(_relay.Operations.ListSessions(filter, SessionOrder.Trouble, 0, 10)).Page.Select(report => $"{report.CallId} {report.Verdict.Code}"),
    ];

    private T Done<T>(T errand)
        where T : IErrand
    {
        while (errand.Next != OperationPlace.Finished)
        {
            if (errand.Next == OperationPlace.OnWorker)
            {
                errand.RunOnWorker(_relay.Workers[errand.Worker], _relay.Now);
            }
            else
            {
                errand.RunOffWorker();
            }
        }

        return errand;
    }
}
