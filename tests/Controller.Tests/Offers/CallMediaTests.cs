using System.Net;
using System.Text;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Offers;

public sealed class CallMediaTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_node_costs_its_own_timeout_and_the_next_one_serves_the_call()
    {
        var silent = new TestNode("silent", _ => RelayReply.Failed(RelayFailure.NoReply));
        var good = new TestNode();
        MediaResult result = await Offer(new TestNodes(silent, good), TestMessages.Request());
        result.IsDone.ShouldBeTrue(result.Reason);
        result.Relay.ShouldBe("node");
        good.Commands.ShouldBe(silent.Commands);
    }

    [Fact]
    public async Task A_node_that_fails_in_the_middle_leaves_no_call_on_two_nodes()
    {
        var failing = new TestNode("failing", c => c.Contains("ft;1", StringComparison.Ordinal)
            ? RelayReply.From("30000 192.0.2.98")
            : RelayReply.Failed(RelayFailure.Unreachable));
        var good = new TestNode();
        SipMessage message = TestMessages.Request(sdp: TestMessages.AudioVideo);
        MediaResult result = await Offer(new TestNodes(failing, good), message);
        result.IsDone.ShouldBeTrue(result.Reason);
        good.Commands.Count.ShouldBe(2);
        Encoding.Latin1.GetString(result.ApplyTo(message)).ShouldNotContain("192.0.2.98");
    }

    [Fact]
    public async Task A_node_that_went_down_is_not_asked_to_undo()
    {
        var failing = new TestNode("failing", c => c.Contains(";1", StringComparison.Ordinal)
            ? RelayReply.From("30000")
            : RelayReply.Failed(RelayFailure.NoReply));
        SipMessage message = TestMessages.Request(sdp: TestMessages.AudioVideo);
        MediaResult result = await Offer(new TestNodes(failing), message);
        result.Outcome.ShouldBe(MediaOutcome.NoRelay);
        failing.Commands.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("203.0.113.8", "35000 10.0.0.5", "IN IP4 203.0.113.8")]
    [InlineData("203.0.113.8", "35000", "IN IP4 203.0.113.8")]
    [InlineData("203.0.113.8", "35000 2001:db8::5 6", "IN IP6 2001:db8::5")]
    [InlineData("2001:db8::8", "35000 2001:db8::5 6", "IN IP6 2001:db8::8")]
    [InlineData("2001:db8::8", "35000", "IN IP6 2001:db8::8")]
    public async Task An_advertised_address_stands_for_the_nodes_own_of_its_family(
        string advertised, string reply, string expected)
    {
        var node = new TestNode(reply) { Advertised = IPAddress.Parse(advertised) };
        SipMessage message = TestMessages.Request();

        MediaResult result = await Offer(new TestNodes(node), message);

        string sent = Encoding.Latin1.GetString(result.ApplyTo(message));
        sent.ShouldContain($"\r\nc={expected}\r\n");
        sent.ShouldContain($"\r\no=u 1 1 {expected}\r\n");
    }

    [Fact]
    public async Task No_node_is_tried_twice_for_one_message()
    {
        var silent = new TestNode("silent", _ => RelayReply.Failed(RelayFailure.NoReply));
        MediaResult result = await Offer(new TestNodes(silent), TestMessages.Request());
        (result.Outcome, result.Code).ShouldBe((MediaOutcome.NoRelay, -3));
        result.Reason.ShouldContain("silent gave no reply: no reply in time");
        result.Changes.ShouldBeEmpty();
        silent.Commands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_error_reply_is_final_and_no_other_node_is_asked()
    {
        var full = new TestNode("E35\n");
        var nodes = new TestNodes(full, new TestNode());
        MediaResult result = await Offer(nodes, TestMessages.Request());
        (result.Outcome, result.Code).ShouldBe((MediaOutcome.Failed, -1));
        result.Reason.ShouldBe("the relay replied E35");
        nodes.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "D call@h ft")]
    [InlineData("tt", null)]
    public async Task A_call_that_fails_halfway_is_deleted_if_it_is_new(string? toTag, string? undo)
    {
        var node = new TestNode("node", c => RelayReply.From(c.Contains(";2", StringComparison.Ordinal) ? "E37" : "35000"));
        MediaResult result = await Offer(new TestNodes(node), TestMessages.Request(toTag: toTag, sdp: TestMessages.AudioVideo));
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        node.Commands.Skip(2).ShouldBe(undo is null ? [] : [undo]);
    }

    [Fact]
    public async Task A_late_offer_that_fails_halfway_is_deleted_by_both_tags()
    {
        var node = new TestNode("node", c => RelayReply.From(c.Contains(";2", StringComparison.Ordinal) ? "E37" : "35000"));
        MessageContext context = TestMessages.Context with { Transaction = new TransactionFacts(HadSdp: false, InDialog: false) };
        await new CallMedia(new TestNodes(node)).ManageAsync(
            TestMessages.Reply(200, sdp: TestMessages.AudioVideo), context, cancellationToken: Stop);
        node.Commands[^1].ShouldBe("D call@h ft tt");
    }

    [Fact]
    public async Task Malformed_descriptions_pass_unchanged_and_nothing_is_sent()
    {
        var node = new TestNode();
        SipMessage message = TestMessages.Request(sdp: TestMessages.Sdp + "m=video\r\n");
        MediaResult result = await new CallMedia(new TestNodes(node)).ManageAsync(message, TestMessages.Context, cancellationToken: Stop);
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        result.Reason.ShouldContain("expected a media type, a port and a transport at offset");
        result.ApplyTo(message).ShouldBe(message.ToBytes());
        node.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_with_absurdly_many_media_costs_no_commands()
    {
        var node = new TestNode();
        string media = string.Concat(Enumerable.Repeat("m=audio 5004 RTP/AVP 0\r\n", 16));
        MediaResult result = await Offer(new TestNodes(node), TestMessages.Request(sdp: TestMessages.Sdp + media));
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        result.Reason.ShouldBe("the message has 17 media descriptions that need a relay, more than 16");
        node.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_id_that_no_command_can_carry_fails_and_blames_no_node()
    {
        var nodes = new TestNodes(new TestNode());
        MediaResult result = await Offer(nodes, TestMessages.Request(callId: "a b"));
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        nodes.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_operation_has_one_time_limit_however_many_nodes_are_slow()
    {
        var slow = new TestNode { Delay = stop => Task.Delay(Timeout.InfiniteTimeSpan, stop) };
        var media = new CallMedia(new TestNodes(slow), new CallMediaOptions { TotalTimeout = TimeSpan.FromMilliseconds(20) });
        MediaResult result = await media.OfferAsync(TestMessages.Request(), TestMessages.Context, cancellationToken: Stop);
        result.Outcome.ShouldBe(MediaOutcome.Failed);
        result.Reason.ShouldBe("the time for the whole operation is over");
        MediaResult destroyed = await media.DestroyAsync(TestMessages.Request("BYE", "tt"), TestMessages.Context, cancellationToken: Stop);
        destroyed.Outcome.ShouldBe(MediaOutcome.Failed);
    }

    [Fact]
    public async Task A_cancelled_offer_is_undone_before_it_is_over()
    {
        using var cancel = new CancellationTokenSource();
        TestNode? node = null;
        node = new TestNode
        {
            Delay = stop =>
            {
                if (node!.Commands.Count == 2)
                {
                    cancel.Cancel();
                }

                stop.ThrowIfCancellationRequested();
                return Task.CompletedTask;
            },
        };
        var media = new CallMedia(new TestNodes(node));
        await Should.ThrowAsync<OperationCanceledException>(async () => await media.OfferAsync(
            TestMessages.Request(sdp: TestMessages.AudioVideo), TestMessages.Context, cancellationToken: cancel.Token));
        node.Commands[^1].ShouldBe("D call@h ft");
    }

    [Fact]
    public async Task Manage_marks_the_transaction_of_an_invite_with_description()
    {
        var media = new CallMedia(new TestNodes(new TestNode()));
        (await media.ManageAsync(TestMessages.Request(), TestMessages.Context, cancellationToken: Stop)).MarksTransaction.ShouldBeTrue();
        (await media.ManageAsync(TestMessages.Request(sdp: null), TestMessages.Context, cancellationToken: Stop)).MarksTransaction.ShouldBeFalse();
        (await media.ManageAsync(TestMessages.Request("UPDATE", "tt"), TestMessages.Context, cancellationToken: Stop)).MarksTransaction.ShouldBeFalse();
    }

    [Fact]
    public async Task The_set_of_the_message_is_asked_with_its_call_id_without_suffix()
    {
        var nodes = new TestNodes(new TestNode());
        var media = new CallMedia(nodes);
        MessageContext context = TestMessages.Context with { Set = 7 };
        await media.OfferAsync(TestMessages.Request(), context, MediaFlags.Parse("1"), cancellationToken: Stop);
        await media.StreamToUacAsync(TestMessages.Request(toTag: "tt"), context, "/p", 1, Stop);
        nodes.Asked.ShouldBe([("call@h", 7), ("call@h", 7)]);
    }

    [Fact]
    public async Task Prompts_need_a_node_that_knows_the_codecs_of_the_call()
    {
        var node = new TestNode { Capabilities = RelayCapabilities.None };
        var media = new CallMedia(new TestNodes(node));
        MediaResult result = await media.StreamToUasAsync(TestMessages.Request(toTag: "tt"), TestMessages.Context, "/p", 1, Stop);
        result.Code.ShouldBe(-1);
        node.Commands.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("E50")]
    public async Task Destroying_is_done_whatever_the_node_says(string reply)
    {
        var media = new CallMedia(new TestNodes(new TestNode(reply)));
        MediaResult result = await media.DestroyAsync(TestMessages.Request("BYE", "tt"), TestMessages.Context, cancellationToken: Stop);
        result.Code.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_node_destroying_and_prompts_fail_with_minus_one()
    {
        var media = new CallMedia(new TestNodes());
        SipMessage bye = TestMessages.Request("BYE", "tt");
        (await media.DestroyAsync(bye, TestMessages.Context, cancellationToken: Stop)).Code.ShouldBe(-1);
        (await media.StartRecordingAsync(bye, TestMessages.Context, Stop)).Code.ShouldBe(-1);
        (await media.StatisticsAsync(bye, TestMessages.Context, Stop)).Text.ShouldBeNull();
    }

    [Fact]
    public async Task Statistics_are_given_as_text_and_by_party()
    {
        var media = new CallMedia(new TestNodes(new TestNode("59 20 25 45 0\n")));
        StatisticsResult asked = await media.StatisticsAsync(TestMessages.Request("BYE", "tt"), TestMessages.Context, Stop);
        asked.Text.ShouldBe("59 20 25 45 0\n");
        asked.Counters.ShouldBe(new CallStatistics(TimeSpan.FromSeconds(59), 20, 25, 45, 0));
        StatisticsResult inReply = await media.StatisticsAsync(TestMessages.Reply(200), TestMessages.Context, Stop);
        inReply.Counters.ShouldBe(new CallStatistics(TimeSpan.FromSeconds(59), 25, 20, 45, 0));
    }

    [Theory]
    [InlineData("E50\n")]
    [InlineData("1 2 3 4\n")]
    [InlineData("1 2 3 4 x\n")]
    public async Task Other_replies_to_a_query_are_text_only(string reply)
    {
        var media = new CallMedia(new TestNodes(new TestNode(reply)));
        StatisticsResult asked = await media.StatisticsAsync(TestMessages.Request("BYE", "tt"), TestMessages.Context, Stop);
        (asked.Text, asked.Counters).ShouldBe((reply, null));
    }

    private static ValueTask<MediaResult> Offer(IRelaySelector nodes, SipMessage message) =>
        new CallMedia(nodes).OfferAsync(message, TestMessages.Context, cancellationToken: Stop);
}
