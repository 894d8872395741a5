using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

/// <summary>Which of its functions <c>rtpproxy_manage</c> takes for which message.</summary>
public sealed class ManageDecisionTests
{
    [Theory]
    [InlineData("INVITE", null, true, MediaAction.Offer)]
    [InlineData("INVITE", "tt", true, MediaAction.Offer)]
    [InlineData("INVITE", null, false, null)]
    [InlineData("ACK", "tt", true, MediaAction.Answer)]
    [InlineData("ACK", "tt", false, null)]
    [InlineData("PRACK", "tt", true, MediaAction.Offer)]
    [InlineData("UPDATE", "tt", true, MediaAction.Offer)]
    [InlineData("UPDATE", "tt", false, null)]
    [InlineData("BYE", "tt", false, MediaAction.Destroy)]
    [InlineData("BYE", "tt", true, MediaAction.Destroy)]
    [InlineData("CANCEL", null, false, MediaAction.Destroy)]
    [InlineData("CANCEL", "tt", false, MediaAction.None)]
    [InlineData("OPTIONS", null, true, null)]
    [InlineData("INFO", "tt", false, null)]
    [InlineData("invite", null, true, null)]
    public void Requests(string method, string? toTag, bool hasSdp, MediaAction? expected) =>
        Decide(TestMessages.Request(method, toTag), hasSdp).ShouldBe(expected);

    [Theory]
    [InlineData(180, "INVITE", false, null)]
    [InlineData(183, "INVITE", true, MediaAction.Answer)]
    [InlineData(200, "INVITE", true, MediaAction.Answer)]
    [InlineData(299, "INVITE", true, MediaAction.Answer)]
    [InlineData(300, "INVITE", false, MediaAction.Destroy)]
    [InlineData(486, "INVITE", true, MediaAction.Destroy)]
    [InlineData(200, "UPDATE", true, MediaAction.Answer)]
    [InlineData(200, "PRACK", false, null)]
    [InlineData(491, "UPDATE", false, MediaAction.TakeBack)]
    [InlineData(481, "PRACK", false, MediaAction.TakeBack)]
    [InlineData(200, "BYE", false, MediaAction.Destroy)]
    [InlineData(481, "BYE", false, MediaAction.Destroy)]
    [InlineData(200, "CANCEL", false, MediaAction.Destroy)]
    [InlineData(200, "OPTIONS", true, null)]
    public void Replies_without_known_transaction(int status, string method, bool hasSdp, MediaAction? expected) =>
        Decide(TestMessages.Reply(status, method), hasSdp).ShouldBe(expected);

    [Theory]
    [InlineData(200, "INVITE", true, false, MediaAction.Answer)]
    [InlineData(200, "INVITE", false, false, MediaAction.Offer)]
    [InlineData(183, "INVITE", false, false, MediaAction.Offer)]
    [InlineData(486, "INVITE", true, false, MediaAction.Destroy)]
    [InlineData(486, "INVITE", true, true, MediaAction.TakeBack)]
    [InlineData(487, "INVITE", false, true, MediaAction.TakeBack)]
    [InlineData(200, "CANCEL", true, true, MediaAction.None)]
    [InlineData(200, "UPDATE", false, true, MediaAction.Answer)]
    public void Replies_in_a_transaction(int status, string method, bool hadSdp, bool inDialog, MediaAction? expected) =>
        Decide(TestMessages.Reply(status, method), true, transaction: new TransactionFacts(hadSdp, inDialog)).ShouldBe(expected);

    [Fact]
    public void A_failed_invite_is_destroyed_if_it_had_sdp_and_began_the_call()
    {
        Decide(TestMessages.Request(), true, MessageRoute.Failure).ShouldBe(MediaAction.Destroy);
        Decide(TestMessages.Request(), false, MessageRoute.Failure).ShouldBeNull();
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    [InlineData("PRACK")]
    public void An_offer_within_a_dialog_that_failed_is_taken_back(string method) =>
        Decide(TestMessages.Request(method, "tt"), true, MessageRoute.Failure).ShouldBe(MediaAction.TakeBack);

    [Fact]
    public void A_failed_branch_changes_nothing() =>
        Decide(TestMessages.Request(), true, MessageRoute.BranchFailure).ShouldBe(MediaAction.None);

    // Null: not applicable.
    private static MediaAction? Decide(
        SipMessage message, bool hasSdp, MessageRoute route = MessageRoute.Main, TransactionFacts? transaction = null)
    {
        var decision = ManageDecision.For(message, hasSdp, route, transaction);
        return decision.IsApplicable ? decision.Action : null;
    }
}
