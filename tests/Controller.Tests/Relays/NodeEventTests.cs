using System.Collections.Concurrent;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Calls;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Nodes that go down and come back, as events and as lines of a log.</summary>
public sealed class NodeEventTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_is_told_of_when_it_comes_up_goes_down_and_comes_back()
    {
        var time = new ManualTime();
        var logger = new LinesLogger<RelaySets>();
        await using FakeRelay relay = FakeRelay.Start("unix", "127.0.1.1");
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)], null, time, logger);
        var told = new ConcurrentQueue<string>();
        sets.NodeUp += (_, node) => told.Enqueue($"up {node.Url}");
        sets.NodeDown += (_, node) => told.Enqueue($"down {node.Url}: {node.Reason}");

        await sets.ProbeDueAsync(Stop);
        await sets.ProbeDueAsync(Stop);
        told.ShouldBe([$"up {relay.Url}"]);

        IRelay node = (await sets.SelectAsync("call", 0, Stop))!;
        await relay.DisposeAsync();
        await node.SummaryAsync(Stop);
        await node.SummaryAsync(Stop);
        told.Count.ShouldBe(2);
        told.Last().ShouldStartWith($"down {relay.Url}: ");

        await sets.ProbeDueAsync(Stop);
        told.Count.ShouldBe(2, "its time has not come");
        logger.Lines.Count.ShouldBe(2);
        logger.Lines[0].ShouldBe($"Information: relay {relay.Url} is up");
        logger.Lines[1].ShouldStartWith($"Warning: relay {relay.Url} is down: ");
    }

    [Fact]
    public async Task A_node_that_never_answered_is_down_once_and_comes_up_when_it_does()
    {
        var time = new ManualTime();
        bool answers = false;
        var plausible = new PlausibleAnswers("127.0.1.1");
        await using FakeRelay relay = FakeRelay.Start("udp", command => answers ? plausible.Answer(command) : "E0");
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)], null, time);
        var told = new ConcurrentQueue<string>();
        sets.NodeUp += (_, node) => told.Enqueue("up");
        sets.NodeDown += (_, node) => told.Enqueue(node.Reason);

        await sets.ProbeDueAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(61));
        await sets.ProbeDueAsync(Stop);
        answers = true;
        time.Advance(TimeSpan.FromSeconds(61));
        await sets.ProbeDueAsync(Stop);
        told.ShouldBe(["it speaks another protocol, 'E0'", "up"]);
    }

    [Fact]
    public async Task Switching_by_hand_is_told_and_a_handler_that_fails_harms_nobody()
    {
        var logger = new LinesLogger<RelaySets>();
        await using FakeRelay relay = FakeRelay.Start("udp", "127.0.1.1");
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)], logger: logger);
        await sets.ProbeAllAsync(Stop);
        sets.NodeDown += (_, _) => throw new InvalidOperationException("a handler of somebody");
        sets.SetEnabled(relay.Url, false).ShouldBeTrue();
        sets.SetEnabled(relay.Url, true).ShouldBeTrue();
        logger.Lines.ShouldBe(
        [
            $"Information: relay {relay.Url} is up",
            $"Warning: relay {relay.Url} is down: it was switched off",
            $"Error: a handler of a change of relay {relay.Url} failed",
            $"Information: relay {relay.Url} is up",
        ]);
    }
}
