using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.Controller.Tests.Relays;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Calls;

/// <summary>A program that gives up gets its thread back soon, and leaves nothing at the relay.</summary>
public sealed class GivingUpTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly MediaCall Begun = new("call", "ft");
    private static readonly MediaCall Answered = Begun with { ToTag = "tt" };

    [Fact]
    public async Task What_a_relay_was_told_and_has_not_answered_yet_is_deleted_when_the_offer_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await using FakeRelay relay = FakeRelay.Start("udp", Slow(command => command.StartsWith('U'), cancel));
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)]);
        OperationCanceledException thrown = await Should.ThrowAsync<OperationCanceledException>(
            async () => await new RtpProxyController(sets).OfferAsync(Begun, TestMessages.Sdp, cancellationToken: cancel.Token));
        thrown.CancellationToken.ShouldBe(cancel.Token);
        relay.Commands[^1].ShouldBe("D call ft");
    }

    [Fact]
    public async Task What_a_relay_may_have_changed_is_changed_back_when_a_later_offer_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        await using FakeRelay relay = FakeRelay.Start("udp", Slow(command => command.Contains(" 0.0.0.0 ", StringComparison.Ordinal), cancel));
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)]);
        var controller = new RtpProxyController(sets);
        await controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: Stop);
        await controller.AnswerAsync(Answered, TestMessages.Sdp, cancellationToken: Stop);
        string hold = TestMessages.Sdp.Replace("c=IN IP4 10.1.1.1", "c=IN IP4 0.0.0.0", StringComparison.Ordinal);
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await controller.OfferAsync(Answered, hold, cancellationToken: cancel.Token));
        relay.Commands[^1].ShouldBe("Uc0,8,101 call 10.1.1.1 5004 ft;1 tt;1");
    }

    [Fact]
    public async Task A_relay_that_has_gone_silent_keeps_nobody_who_has_given_up()
    {
        var time = new ManualTime();
        using var cancel = new CancellationTokenSource();
        var node = new TestNode("node", _ => RelayReply.From("35000 127.0.0.5"))
        {
            Delay = async token =>
            {
                await cancel.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        };
        var controller = new RtpProxyController(new TestNodes(node), time: time);
        Task<SdpResult> offer = controller.OfferAsync(Begun, TestMessages.Sdp, cancellationToken: cancel.Token).AsTask();
        await Eventually.TrueAsync(() => node.Commands.Count == 2, "the relay is told to delete");
        offer.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() => offer.WaitAsync(Eventually.Deadline, Stop));
        node.Commands.ShouldBe(["Uc0,8,101 call 10.1.1.1 5004 ft;1", "D call ft"]);
    }

    [Fact]
    public async Task The_token_in_the_exception_is_the_callers()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await using FakeRelay relay = FakeRelay.Start("tcp", "127.0.1.1");
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)]);
        var controller = new RtpProxyController(sets);
        await ThrowsItAsync(async () => await controller.OfferAsync(Begun, TestMessages.Sdp, null, cancelled.Token));
        await ThrowsItAsync(async () => await controller.DeleteAsync(Begun, cancelled.Token));
        await ThrowsItAsync(async () => await controller.QueryAsync(Begun, cancelled.Token));

        foreach (string scheme in new[] { "udp", "tcp", "unix" })
        {
            using var during = new CancellationTokenSource();
            await using FakeRelay slow = FakeRelay.Start(scheme, Slow(_ => true, during));
            await using var client = new RelayClient(RelayAddress.Parse(slow.Url), PatientClients.Options);
            OperationCanceledException thrown = await Should.ThrowAsync<OperationCanceledException>(
                async () => await client.SummaryAsync(during.Token));
            thrown.CancellationToken.ShouldBe(during.Token);
        }

        async Task ThrowsItAsync(Func<Task> ask) =>
            (await Should.ThrowAsync<OperationCanceledException>(ask)).CancellationToken.ShouldBe(cancelled.Token);
    }

    [Fact]
    public async Task What_is_disposed_may_be_disposed_again_and_is_not_switched_on()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        await client.SummaryAsync(Stop);
        await client.DisposeAsync();
        await client.DisposeAsync();
        (await client.SummaryAsync(Stop)).IsDone.ShouldBeFalse();

        var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)]);
        await sets.ProbeAllAsync(Stop);
        await sets.DisposeAsync();
        await sets.DisposeAsync();
        bool isUp = false;
        sets.NodeUp += (_, _) => isUp = true;
        sets.SetEnabled(relay.Url, true);
        isUp.ShouldBeFalse();
    }

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_connection_keeps_nothing_of_the_request_that_opened_it(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, "127.0.1.1");
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        WeakReference request = await AskWithinARequestAsync(client);
        await client.SummaryAsync(Stop);
        await Eventually.TrueAsync(
            () =>
            {
                GC.Collect();
                return !request.IsAlive;
            },
            "what flows with a request is free when it is over");
    }

    private static async Task<WeakReference> AskWithinARequestAsync(RelayClient client)
    {
        var flowing = new AsyncLocal<object?> { Value = new object() };
        var reference = new WeakReference(flowing.Value);
        await client.SummaryAsync(Stop);
        return reference;
    }

    // Answers as a relay does, but to what is meant: there the caller gives up before the reply.
    private static Func<string, ValueTask<string?>> Slow(Func<string, bool> isMeant, CancellationTokenSource cancel)
    {
        var plausible = new PlausibleAnswers("127.0.1.1");
        return async command =>
        {
            if (isMeant(command) && !cancel.IsCancellationRequested)
            {
                await cancel.CancelAsync();
                return null;
            }

            return plausible.Answer(command);
        };
    }
}
