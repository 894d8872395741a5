using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>What holds on every transport.</summary>
public sealed class RelayClientTests
{
    public static TheoryData<string> Schemes => ["udp", "udp6", "unix", "cunix", "tcp", "tcp6"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_command_gets_its_reply(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        RelayReply reply = await client.SendAsync(new VersionCommand(), Stop);

        reply.ShouldBe(RelayReply.From("20040107\n"));
        relay.Commands.ShouldBe(["V"]);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Commands_at_the_same_time_get_each_its_own_reply(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, command => command);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        RelayReply[] replies = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => client.SendTextAsync($"Z {i}", Stop).AsTask()));

        replies.Select(reply => reply.Text).ShouldBe(Enumerable.Range(0, 200).Select(i => $"Z {i}\n"));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_summary_of_several_lines_is_one_reply(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        RelayReply summary = await client.SendTextAsync("Ib", Stop);
        RelayReply next = await client.SendTextAsync("V", Stop);

        summary.Text.Split('\n').Length.ShouldBe(6);
        next.Text.ShouldBe("20040107\n");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_node_that_is_gone_is_unreachable_and_reached_again_when_it_is_back(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        (await client.SendTextAsync("V", Stop)).IsReply.ShouldBeTrue();

        relay.Kill();
        RelayReply lost = await client.SendTextAsync("V", Stop);
        relay.Restart();
        RelayReply back = await client.SendTextAsync("V", Stop);

        lost.Failure.ShouldBe(RelayFailure.Unreachable);
        back.Text.ShouldBe("20040107\n");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_mute_node_costs_its_timeout(string scheme)
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start(scheme, _ => null);
        await using var client = new RelayClient(
            RelayAddress.Parse(relay.Url), new RelayClientOptions { Transmissions = 1 }, time);

        ValueTask<RelayReply> waiting = client.SendTextAsync("V", Stop);
        await relay.WaitForCommandsAsync(1);
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await waiting).Failure.ShouldBe(RelayFailure.NoReply);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_caller_who_gives_up_leaves_the_others_their_replies(string scheme)
    {
        var held = new TaskCompletionSource();
        await using FakeRelay relay = FakeRelay.Start(scheme, async command =>
        {
            await held.Task;
            return command;
        });
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        using var impatience = new CancellationTokenSource();

        Task<RelayReply> first = client.SendTextAsync("Z first", impatience.Token).AsTask();
        await relay.WaitForCommandsAsync(1);
        Task<RelayReply> second = client.SendTextAsync("Z second", Stop).AsTask();
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        held.SetResult();

        (await second).Text.ShouldBe("Z second\n");
        (await client.SendTextAsync("Z third", Stop)).Text.ShouldBe("Z third\n");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task More_commands_than_may_be_under_way_wait_for_their_turn(string scheme)
    {
        int atOnce = 0;
        int most = 0;
        var held = new TaskCompletionSource();
        await using FakeRelay relay = FakeRelay.Start(scheme, async command =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            await held.Task;
            Interlocked.Decrement(ref atOnce);
            return command;
        });
        await using var client = new RelayClient(
            RelayAddress.Parse(relay.Url), new RelayClientOptions { MaxInFlight = 3 }, new ManualTime());

        Task<RelayReply>[] asking = [.. Enumerable.Range(0, 30).Select(i => client.SendTextAsync($"Z {i}", Stop).AsTask())];
        client.InFlight.ShouldBe(3);
        await relay.WaitForCommandsAsync(1);
        held.SetResult();

        (await Task.WhenAll(asking)).Select(reply => reply.Text).ShouldBe(Enumerable.Range(0, 30).Select(i => $"Z {i}\n"));
        client.InFlight.ShouldBe(0);
        most.ShouldBeLessThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("V\nX")]
    [InlineData("V\r")]
    [InlineData("V\0")]
    [InlineData("U \u20ac")]
    public async Task What_is_no_line_of_bytes_is_not_sent(string text)
    {
        await using FakeRelay relay = FakeRelay.Start("tcp");
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        (await client.SendTextAsync(text, Stop)).Failure.ShouldBe(RelayFailure.Unwritable);
        (await client.SendTextAsync("V", Stop)).IsReply.ShouldBeTrue();
        relay.Commands.ShouldBe(["V"]);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task A_disposed_client_answers_that_nothing_is_reachable(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, _ => null);
        var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        Task<RelayReply> waiting = client.SendTextAsync("V", Stop).AsTask();
        await relay.WaitForCommandsAsync(1);

        await client.DisposeAsync();

        (await waiting).Failure.ShouldBe(RelayFailure.Unreachable);
        (await client.SendTextAsync("V", Stop)).Failure.ShouldBe(RelayFailure.Unreachable);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_unreachable()
    {
        await using var client = new RelayClient(RelayAddress.Parse("udp:no-such-host.invalid:22222"));

        (await client.SendTextAsync("V", Stop)).IsReply.ShouldBeFalse();
    }
}
