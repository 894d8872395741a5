using RtpProxy.Controller.Relays;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Order, pipelining and loss of kept connections; framing of <c>unix:</c>.</summary>
public sealed class StreamTransportTests
{
    public static TheoryData<string> Kept => ["cunix", "tcp", "tcp6"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task One_connection_serves_all_commands(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        for (int i = 0; i < 20; i++)
        {
            (await client.SendTextAsync("V", Stop)).IsReply.ShouldBeTrue();
        }

        relay.Accepted.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task The_next_command_does_not_wait_for_the_reply_to_the_one_before(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, command => command);
        var pieces = new List<string>();
        relay.Wire = (_, reply) =>
        {
            pieces.Add(reply + "\n");
            return pieces.Count == 3 ? [string.Concat(pieces)] : [];
        };
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        RelayReply[] replies = await Task.WhenAll(
            client.SendTextAsync("Z 1", Stop).AsTask(),
            client.SendTextAsync("Z 2", Stop).AsTask(),
            client.SendTextAsync("Z 3", Stop).AsTask());

        replies.Select(reply => reply.Text).ShouldBe(["Z 1\n", "Z 2\n", "Z 3\n"]);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_reply_that_comes_byte_by_byte_is_put_together(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, command => command);
        relay.Wire = (_, reply) => (reply + "\n").Select(letter => letter.ToString());
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        (await client.SendTextAsync("Z abc def", Stop)).Text.ShouldBe("Z abc def\n");
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_reply_too_many_closes_the_connection_before_it_can_be_anothers(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, command => command);
        relay.Wire = (_, reply) => [reply + "\n" + reply + " again\n"];
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        for (int i = 0; i < 5; i++)
        {
            (await client.SendTextAsync($"Z {i}", Stop)).Text.ShouldBe($"Z {i}\n");
            await Eventually.TrueAsync(() => relay.Closed == relay.Accepted);
        }

        relay.Accepted.ShouldBe(5);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_reply_without_an_end_closes_the_connection(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, _ => "x");
        relay.Wire = (_, _) => Enumerable.Repeat(new string('x', 1_000), 100);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        (await client.SendTextAsync("V", Stop)).Failure.ShouldBe(RelayFailure.Unreachable);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_command_without_reply_closes_the_connection_so_that_a_late_one_finds_nobody(string scheme)
    {
        var time = new ManualTime();
        var held = new TaskCompletionSource();
        await using FakeRelay relay = FakeRelay.Start(scheme, async command =>
        {
            if (command == "Z slow")
            {
                await held.Task;
            }

            return command;
        });
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply> slow = client.SendTextAsync("Z slow", Stop).AsTask();
        await relay.WaitForCommandsAsync(1);
        time.Advance(TimeSpan.FromSeconds(1));
        (await slow).Failure.ShouldBe(RelayFailure.NoReply);
        held.SetResult();

        (await client.SendTextAsync("Z next", Stop)).Text.ShouldBe("Z next\n");
        relay.Accepted.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_server_that_closes_after_each_reply_is_served_by_new_connections(string scheme)
    {
        await using FakeRelay relay = FakeRelay.Start(scheme, command => command);
        relay.ClosesAfterReply = true;
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        for (int i = 0; i < 10; i++)
        {
            (await client.SendTextAsync($"Z {i}", Stop)).Text.ShouldBe($"Z {i}\n");
        }

        relay.Accepted.ShouldBeGreaterThanOrEqualTo(10);
    }

    [Theory]
    [InlineData("20040107", false, "20040107")]
    [InlineData("20040107\n", true, "20040107\n")]
    public async Task A_reply_on_a_unix_socket_ends_with_its_line_or_its_connection(string sent, bool open, string expected)
    {
        await using FakeRelay relay = FakeRelay.Start("unix", _ => sent);
        relay.Wire = (_, reply) => [reply];
        relay.ClosesAfterReply = !open;
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        (await client.SendTextAsync("V", Stop)).Text.ShouldBe(expected);
    }

    [Fact]
    public async Task A_reply_on_a_unix_socket_without_line_end_is_over_when_nothing_follows()
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start("unix", _ => "35000 127.0.0.1");
        relay.Wire = (_, reply) => [reply];
        relay.ClosesAfterReply = false;
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply> asking = client.SendTextAsync("U", Stop).AsTask();
        await relay.WaitForCommandsAsync(1);
        for (int steps = 0; steps < 90 && !asking.IsCompleted; steps++)
        {
            // Both the pause that ends the reply and the timeout that would refuse it are on this clock.
            time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.WhenAny(asking, Task.Delay(5, Stop));
        }

        (await asking).Text.ShouldBe("35000 127.0.0.1");
    }

    [Fact]
    public async Task A_unix_connection_that_closes_without_a_word_is_unreachable()
    {
        await using FakeRelay relay = FakeRelay.Start("unix", _ => "");
        relay.Wire = (_, _) => [];
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        (await client.SendTextAsync("V", Stop)).Failure.ShouldBe(RelayFailure.Unreachable);
    }

    [Fact]
    public async Task A_command_on_a_unix_socket_has_no_line_end()
    {
        await using FakeRelay relay = FakeRelay.Start("unix");
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        await client.SendTextAsync("V", Stop);

        relay.Commands.ShouldBe(["V"]);
    }
}
