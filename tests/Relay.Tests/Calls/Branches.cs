using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Calls.WholeCall;

namespace RtpProxy.Relay.Tests.Calls;

/// <summary>One caller, several who are called (ng protocol).</summary>
public sealed class Branches
{
    private readonly VirtualRelay _relay = new();
    private readonly WholeCall _call;

    public Branches() => _call = new WholeCall(_relay);

    [Fact]
    public void Each_branch_has_a_port_of_its_own_and_the_caller_one_for_all()
    {
        int forBob = Offer("one").Port();
        int forCarol = Offer("two").Port();

        forBob.ShouldNotBe(forCarol);
        _relay.Ports.OpenPairs.ShouldBe(3);

        int forAlice = AnswerOf("one", "b", Bob).Port();
        AnswerOf("two", "c", Carol).Port().ShouldBe(forAlice);
    }

    [Fact]
    public void A_branch_that_comes_after_the_first_answer_is_another_one()
    {
        int forBob = Offer("one").Port();
        int forAlice = AnswerOf("one", "b", Bob).Port();

        int forCarol = Offer("two").Port();
        forCarol.ShouldNotBe(forBob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice, "he is heard until another one answers");
        AnswerOf("two", "c", Carol).Port().ShouldBe(forAlice);
        _call.Send(Alice, forAlice, 1).ShouldBe(Carol);

        _call.Delete("a", branch: "one").Refusal.ShouldBe(Refusal.None);
        _call.Send(Carol, forCarol, 1).ShouldBe(Alice, "the call goes on");
        _relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void Who_gives_up_before_any_answer_ends_all_of_them()
    {
        Offer("one");
        Offer("two");

        _call.Delete("a", "b").Refusal.ShouldBe(Refusal.None);

        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void The_branch_that_answered_last_is_heard_and_hears()
    {
        int forBob = Offer("one").Port();
        int forCarol = Offer("two").Port();
        int forAlice = AnswerOf("one", "b", Bob).Port();
        _call.Send(Alice, forAlice, 1).ShouldBe(Bob);
        _call.Send(Bob, forBob, 1).ShouldBe(Alice);
        _call.Send(Carol, forCarol, 1).IsKnown.ShouldBeFalse();

        AnswerOf("two", "c", Carol);
        _call.Send(Alice, forAlice, 2).ShouldBe(Carol);
        _call.Send(Carol, forCarol, 2).ShouldBe(Alice);
        _call.Send(Bob, forBob, 2).IsKnown.ShouldBeFalse();

        AnswerOf("one", "b", Bob);
        _call.Send(Alice, forAlice, 3).ShouldBe(Bob);
        _call.Send(Carol, forCarol, 3).IsKnown.ShouldBeFalse();
    }

    [Fact]
    public void A_branch_that_ends_leaves_the_others()
    {
        Offer("one");
        int forCarol = Offer("two").Port();
        int forAlice = AnswerOf("one", "b", Bob).Port();

        _call.Delete("a", branch: "one").Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(1);
        AnswerOf("two", "c", Carol).Port().ShouldBe(forAlice, "the caller knows that port");
        _call.Send(Alice, forAlice, 1).ShouldBe(Carol);
        _call.Send(Carol, forCarol, 1).ShouldBe(Alice);

        _call.Delete("a").Refusal.ShouldBe(Refusal.None);
        _relay.SessionCount.ShouldBe(0);
        _relay.Ports.OpenPairs.ShouldBe(0);
    }

    [Fact]
    public void Without_branches_the_last_who_answers_is_the_other_party()
    {
        int forCallees = _call.Offer("a", null, Audio(Alice)).Port();
        int forAlice = _call.Answer("a", "b", Audio(Bob)).Port();

        _call.Answer("a", "c", Audio(Carol)).Port().ShouldBe(forAlice);
        _call.Send(Alice, forAlice, 1).ShouldBe(Carol);
        _call.Send(Carol, forCallees, 1).ShouldBe(Alice);
        CallParty other = _call.Query()!.Facts.Parties[1];
        other.Tag.ShouldBe("c");
        other.Aliases.ShouldBe(["b"]);
        _call.Delete("b").Refusal.ShouldBe(Refusal.None, "it goes by both");
    }

    [Fact]
    public void Who_answers_again_goes_by_its_tag_and_the_others_by_theirs_from_before()
    {
        _call.Offer("a", null, Audio(Alice));
        _call.Answer("a", "b", Audio(Bob));
        _call.Answer("a", "c", Audio(Carol));
        _call.Answer("a", "b", Audio(Bob));

        CallParty party = _call.Query()!.Facts.Parties[1];
        party.Tag.ShouldBe("b");
        party.Aliases.ShouldBe(["c"]);
    }

    [Fact]
    public void Branches_have_an_end()
    {
        for (int i = 1; i < CallFacts.MaxParties; i++)
        {
            Offer($"branch{i}");
        }

        _relay.Ask(_relay.Operations.OfferCall(_call.Request("a", null, Audio(Alice)) with { ViaBranch = "one too many" })).Refusal
            .ShouldBe(Refusal.NoSessionPorts);
    }

    private CallOfferOperation Offer(string branch) =>
        _call.Offer(_call.Request("a", null, Audio(Alice)) with { ViaBranch = branch });

    private CallAnswerOperation AnswerOf(string branch, string tag, in Rtp.Endpoint at) =>
        _call.Answer(_call.Request("a", tag, Audio(at)) with { ViaBranch = branch });
}
