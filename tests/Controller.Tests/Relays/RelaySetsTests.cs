using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Which node serves a call, and what becomes of a node that fails. Virtual time, real sockets.</summary>
public sealed class RelaySetsTests
{
    private static readonly RelaySetsOptions Options = new()
    {
        Client = new RelayClientOptions { Transmissions = 2 },
        DisableTime = TimeSpan.FromSeconds(4),
    };

    private static readonly string[] Probe = ["V", "VF 20050322", "VF 20071116", "VF 20081102", "VF 20081224"];

    private readonly ManualTime _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sel0-0@h", 121, 'B', 'C')]
    [InlineData("sel4-16@h", 180, 'A', 'A')]
    [InlineData("sel14-196@h", 30, 'A', 'C')]
    [InlineData("sel6-36@h", 184, 'C', 'A')]
    [InlineData("sel1-1@h", 123, 'C', 'C')]
    [InlineData("sel2-4@h", 127, 'B', 'C')]
    [InlineData("sel3-9@h", 133, 'B', 'C')]
    [InlineData("sel7-49@h", 189, 'C', 'C')]
    [InlineData("sel10-100@h", 11, 'C', 'C')]
    [InlineData("m4@h", 73, 'B', 'C')]
    [InlineData("3848276298220188511@atlanta.example.com", 145, 'B', 'C')]
    [InlineData("a84b4c76e66710@pc33.atlanta.com", 149, 'C', 'C')]
    [InlineData("1-2048@192.0.2.1", 37, 'B', 'C')]
    public async Task A_call_goes_to_the_node_that_the_module_would_choose(string callId, int sum, char node, char withoutB)
    {
        await using FakeRelay a = FakeRelay.Start();
        await using FakeRelay b = FakeRelay.Start();
        await using FakeRelay c = FakeRelay.Start();
        await using var sets = new RelaySets([Set($"{a.Url}=1 {b.Url}=2 {c.Url}=3")], Options, _time);
        string[] urls = [a.Url, b.Url, c.Url];
        await sets.ProbeAllAsync(Stop);

        RelaySet.SumOf(callId).ShouldBe(sum);
        (await sets.SelectAsync(callId, 0, Stop)).ShouldNotBeNull().Name.ShouldBe(urls[node - 'A']);
        sets.SetEnabled(b.Url, false).ShouldBeTrue();
        (await sets.SelectAsync(callId, 0, Stop)).ShouldNotBeNull().Name.ShouldBe(urls[withoutB - 'A']);
    }

    [Fact]
    public async Task A_new_node_is_probed_in_the_modules_order_before_its_first_call()
    {
        await using FakeRelay relay = FakeRelay.Start("udp", command => command == "VF 20071116" ? "0" : command == "V" ? "20040107" : "1");
        await using RelaySets sets = Sets(relay.Url);

        IRelay? node = await sets.SelectAsync("call", 0, Stop);

        relay.Commands.ShouldBe(Probe);
        node.ShouldNotBeNull().Capabilities.ShouldBe(RelayCapabilities.CodecLists | RelayCapabilities.Notifications);
    }

    [Theory]
    [InlineData("V", "20040108")]
    [InlineData("V", "E0")]
    [InlineData("V", "")]
    [InlineData("VF 20050322", "0")]
    [InlineData("VF 20050322", "E1")]
    public async Task A_node_that_fails_the_probe_is_disabled(string question, string answer)
    {
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start(
            "udp", command => command == question ? answer : plausible.Answer(command));
        await using RelaySets sets = Sets(relay.Url);

        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        sets.List().ShouldHaveSingleItem().IsDisabled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_silent_answer_to_an_optional_feature_costs_only_the_feature()
    {
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start(
            "udp", command => command == "VF 20081102" ? null : plausible.Answer(command));
        await using RelaySets sets = Sets(relay.Url);

        Task probing = sets.ProbeAllAsync(Stop);
        await AdvanceUntilAsync(probing);

        (await sets.SelectAsync("call", 0, Stop)).ShouldNotBeNull()
            .Capabilities.ShouldBe(RelayCapabilities.Repacketization | RelayCapabilities.Notifications);
    }

    [Fact]
    public async Task An_unknown_set_has_no_node()
    {
        await using FakeRelay relay = FakeRelay.Start();
        await using RelaySets sets = Sets($"3 == {relay.Url}");

        (sets.HasSet(3), sets.HasSet(0)).ShouldBe((true, false));
        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        (await sets.SelectAsync("call", 3, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_nodes_at_all_are_no_error()
    {
        await using RelaySets sets = Sets("");

        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        sets.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_of_weight_zero_serves_alone_but_gets_nothing_among_others()
    {
        await using FakeRelay zero = FakeRelay.Start();
        await using FakeRelay one = FakeRelay.Start();
        await using RelaySets alone = Sets($"{zero.Url}=0");
        await using RelaySets among = Sets($"{zero.Url}=0 {one.Url}");
        await among.ProbeAllAsync(Stop);

        (await alone.SelectAsync("call", 0, Stop)).ShouldNotBeNull().Name.ShouldBe(zero.Url);
        for (int i = 0; i < 50; i++)
        {
            (await among.SelectAsync($"call-{i}", 0, Stop)).ShouldNotBeNull().Name.ShouldBe(one.Url);
        }
    }

    [Fact]
    public async Task A_silent_node_is_left_alone_and_probed_again_after_its_time()
    {
        bool mute = false;
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay b = FakeRelay.Start("udp", command => mute ? null : plausible.Answer(command));
        await using FakeRelay c = FakeRelay.Start();
        await using RelaySets sets = Sets($"{b.Url} {c.Url}");
        await sets.ProbeAllAsync(Stop);
        string callId = CallIdFor(Names(sets), b.Url);
        mute = true;

        Task<RelayReply> lost = (await sets.SelectAsync(callId, 0, Stop))!
            .SendAsync(new DeleteCommand(callId, "f"), Stop).AsTask();
        await AdvanceUntilAsync(lost);
        int before = b.Commands.Count;
        IRelay? next = await sets.SelectAsync(callId, 0, Stop);

        (await lost).Failure.ShouldBe(RelayFailure.NoReply);
        next.ShouldNotBeNull().Name.ShouldBe(c.Url);
        b.Commands.Count.ShouldBe(before);
        RelayNodeStatus disabled = sets.List()[0];
        disabled.IsDisabled.ShouldBeTrue();
        disabled.Recheck.ShouldBeGreaterThan(0);

        mute = false;
        _time.Advance(TimeSpan.FromSeconds(4));
        (await sets.SelectAsync(callId, 0, Stop)).ShouldNotBeNull().Name.ShouldBe(b.Url);
        b.Commands.Skip(before).ShouldBe(Probe);
    }

    [Fact]
    public async Task A_node_that_is_still_silent_at_its_recheck_delays_a_call_by_a_moment_only()
    {
        bool mute = false;
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay b = FakeRelay.Start("udp", command => mute ? null : plausible.Answer(command));
        await using FakeRelay c = FakeRelay.Start();
        await using RelaySets sets = Sets($"{b.Url} {c.Url}");
        await sets.ProbeAllAsync(Stop);
        string callId = CallIdFor(Names(sets), b.Url);
        mute = true;
        await AdvanceUntilAsync((await sets.SelectAsync(callId, 0, Stop))!.SendAsync(new VersionCommand(), Stop).AsTask());
        _time.Advance(TimeSpan.FromSeconds(4));
        int before = b.Commands.Count;

        Task<IRelay?> selecting = sets.SelectAsync(callId, 0, Stop).AsTask();
        await b.WaitForCommandsAsync(before + 1);
        selecting.IsCompleted.ShouldBeFalse();
        _time.Advance(Options.ProbePatience);

        (await selecting).ShouldNotBeNull().Name.ShouldBe(c.Url);
    }

    [Fact]
    public async Task When_a_node_fails_everyone_who_waits_for_it_is_released_at_once()
    {
        bool mute = false;
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start("tcp", command => mute ? null : plausible.Answer(command));
        await using RelaySets sets = Sets(relay.Url);
        IRelay node = (await sets.SelectAsync("call", 0, Stop))!;
        mute = true;

        Task<RelayReply>[] waiting = [.. Enumerable.Range(0, 50).Select(_ => node.SendAsync(new VersionCommand(), Stop).AsTask())];
        await relay.WaitForCommandsAsync(55);
        _time.Advance(TimeSpan.FromSeconds(1));

        (await Task.WhenAll(waiting)).ShouldAllBe(reply => !reply.IsReply);
        (await node.SendAsync(new VersionCommand(), Stop)).Failure.ShouldBe(RelayFailure.Disabled);
        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task The_only_node_of_a_set_is_not_asked_before_its_recheck_time()
    {
        await using FakeRelay relay = FakeRelay.Start();
        await using RelaySets sets = Sets(relay.Url);
        IRelay node = (await sets.SelectAsync("call", 0, Stop))!;
        relay.Kill();
        (await node.SendAsync(new VersionCommand(), Stop)).Failure.ShouldBe(RelayFailure.Unreachable);
        relay.Restart();
        int before = relay.Commands.Count;

        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        relay.Commands.Count.ShouldBe(before);
        _time.Advance(TimeSpan.FromSeconds(4));
        (await sets.SelectAsync("call", 0, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task When_all_of_several_nodes_are_down_they_are_probed_at_once()
    {
        await using FakeRelay a = FakeRelay.Start();
        await using FakeRelay b = FakeRelay.Start();
        await using RelaySets sets = Sets($"{a.Url} {b.Url}");
        await sets.ProbeAllAsync(Stop);
        foreach (FakeRelay relay in new[] { a, b })
        {
            relay.Kill();
            await (await sets.SelectAsync(CallIdFor(Names(sets), relay.Url), 0, Stop))!
                .SendAsync(new VersionCommand(), Stop);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        b.Restart();
        (await sets.SelectAsync("call", 0, Stop)).ShouldNotBeNull().Name.ShouldBe(b.Url);
    }

    [Fact]
    public async Task An_error_reply_never_disables_a_node()
    {
        var plausible = new PlausibleAnswers("127.0.0.1");
        await using FakeRelay relay = FakeRelay.Start(
            "udp", command => command.StartsWith('V') ? plausible.Answer(command) : "E7");
        await using RelaySets sets = Sets(relay.Url);
        IRelay node = (await sets.SelectAsync("call", 0, Stop))!;

        (await node.SendAsync(new DeleteAllCommand(), Stop)).Text.ShouldBe("E7\n");
        sets.List()[0].IsDisabled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_switched_off_by_hand_stays_off_until_it_is_switched_on()
    {
        await using FakeRelay a = FakeRelay.Start();
        await using FakeRelay b = FakeRelay.Start();
        await using RelaySets sets = Sets($"{a.Url} {b.Url}");
        await sets.ProbeAllAsync(Stop);

        sets.SetEnabled(a.Url, false).ShouldBeTrue();
        sets.SetEnabled(b.Url, false).ShouldBeTrue();
        sets.SetEnabled(b.Url.ToUpperInvariant(), true).ShouldBeFalse();
        _time.Advance(TimeSpan.FromDays(1));
        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        sets.List().ShouldAllBe(line => line.IsDisabled && line.Recheck == -1);

        int before = a.Commands.Count;
        sets.SetEnabled(a.Url, true);
        (await sets.SelectAsync("call", 0, Stop)).ShouldNotBeNull().Name.ShouldBe(a.Url);
        a.Commands.Count.ShouldBe(before);
        (sets.List()[0].IsDisabled, sets.List()[0].Recheck).ShouldBe((false, 0L));
    }

    [Fact]
    public async Task A_node_that_is_configured_off_is_listed_but_never_asked()
    {
        await using FakeRelay relay = FakeRelay.Start();
        var node = new RelayNodeDefinition(RelayAddress.Parse(relay.Url), IsSwitchedOff: true);
        await using var sets = new RelaySets([new RelaySetDefinition(0, [node])], Options, _time);

        await sets.ProbeAllAsync(Stop);

        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        sets.List().ShouldBe([new RelayNodeStatus(0, relay.Url, 0, true, 1, -1) { Problem = "it was switched off" }]);
        relay.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_negative_disable_time_is_never()
    {
        await using FakeRelay relay = FakeRelay.Start();
        await using var sets = new RelaySets(
            [Set(relay.Url)], Options with { DisableTime = TimeSpan.FromSeconds(-1) }, _time);
        IRelay node = (await sets.SelectAsync("call", 0, Stop))!;
        relay.Kill();
        await node.SendAsync(new VersionCommand(), Stop);
        relay.Restart();
        _time.Advance(TimeSpan.FromDays(30));

        (await sets.SelectAsync("call", 0, Stop)).ShouldBeNull();
        sets.List()[0].Recheck.ShouldBe(-1);
    }

    [Fact]
    public async Task Indices_count_over_all_sets_in_order_of_definition()
    {
        await using RelaySets sets = Sets("1 == udp:x:1 udp:x:2=3", "udp:x:3", "1 == udp:x:4");

        sets.List().Select(line => $"{line.SetId} {line.Url} {line.Index} {line.Weight}").ShouldBe(
            ["1 udp:x:1 0 1", "1 udp:x:2 1 3", "1 udp:x:4 3 1", "0 udp:x:3 2 1"]);
    }

    [Fact]
    public async Task Calls_stay_on_their_node_when_nodes_are_added_and_removed()
    {
        await using FakeRelay a = FakeRelay.Start();
        await using FakeRelay b = FakeRelay.Start();
        await using FakeRelay c = FakeRelay.Start();
        await using RelaySets sets = Sets($"{a.Url} {b.Url}");
        await sets.ProbeAllAsync(Stop);
        Dictionary<string, string> placed = [];
        for (int i = 0; i < 40; i++)
        {
            placed[$"call-{i}"] = (await sets.SelectAsync($"call-{i}", 0, Stop))!.Name;
        }

        sets.Replace([Set($"{b.Url} {c.Url}=5")]);
        await sets.ProbeAllAsync(Stop);

        foreach ((string callId, string name) in placed)
        {
            IRelay node = (await sets.SelectAsync(callId, 0, Stop))!;
            node.Name.ShouldBe(name);
            (await node.SendAsync(new DeleteCommand(callId, "f"), Stop)).IsReply.ShouldBeTrue();
        }

        HashSet<string> today = [];
        for (int i = 0; i < 40; i++)
        {
            today.Add((await sets.SelectAsync($"new-{i}", 0, Stop))!.Name);
        }

        today.ShouldBe([b.Url, c.Url], ignoreOrder: true);
        sets.List().Select(line => line.Url).ShouldBe([b.Url, c.Url]);
    }

    [Fact]
    public async Task A_node_keeps_its_connection_over_a_reload_and_loses_it_when_drained()
    {
        await using FakeRelay a = FakeRelay.Start("tcp");
        await using FakeRelay b = FakeRelay.Start("tcp");
        await using RelaySets sets = Sets(a.Url);
        await sets.ProbeAllAsync(Stop);

        sets.Replace([Set($"{a.Url}=7 {b.Url}")]);
        await sets.ProbeAllAsync(Stop);
        (a.Accepted, b.Accepted).ShouldBe((1, 1));

        sets.Replace([Set(b.Url)]);
        a.Closed.ShouldBe(0);
        _time.Advance(RelaySetsOptions.Default.DrainTime);
        await Eventually.TrueAsync(() => a.Closed == 1);
        b.Closed.ShouldBe(0);
    }

    [Fact]
    public async Task Remembered_calls_are_bounded()
    {
        await using FakeRelay a = FakeRelay.Start();
        await using FakeRelay b = FakeRelay.Start();
        await using var sets = new RelaySets([Set(a.Url)], Options with { MaxRememberedCalls = 2 }, _time);
        foreach (string callId in new[] { "one", "two", "three" })
        {
            await sets.SelectAsync(callId, 0, Stop);
        }

        sets.Replace([Set(b.Url)]);

        (await sets.SelectAsync("one", 0, Stop))!.Name.ShouldBe(b.Url);
        (await sets.SelectAsync("three", 0, Stop))!.Name.ShouldBe(a.Url);
    }

    private static RelaySetDefinition Set(string value) => RelaySetDefinition.Parse(value);

    /// <summary>A Call-ID that two nodes of weight 1 give to the wanted one.</summary>
    private static string CallIdFor(List<string> names, string wanted) =>
        Enumerable.Range(0, 100).Select(i => $"call-{i}").First(callId => names[RelaySet.SumOf(callId) % names.Count] == wanted);

    private static List<string> Names(RelaySets sets) =>
        [.. sets.List().Where(line => !line.IsDisabled).Select(line => line.Url)];

    private RelaySets Sets(params string[] values) => new(values.Select(Set), Options, _time);

    /// <summary>Moves the clock on, second by second, until something that waits for it has ended.</summary>
    private async Task AdvanceUntilAsync(Task task)
    {
        await Eventually.TrueAsync(() =>
        {
            if (!task.IsCompleted)
            {
                _time.Advance(TimeSpan.FromSeconds(0.25));
            }

            return task.IsCompleted;
        });
        await task;
    }
}
