using System.Net;
using System.Net.Sockets;
using RtpProxy.Controller.Relays;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Cookies, repetitions and the breaker of <c>udp:</c>.</summary>
public sealed class DatagramTransportTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_command_is_sent_again_under_the_same_cookie()
    {
        var time = new ManualTime();
        int received = 0;
        await using FakeRelay relay = FakeRelay.Start("udp", _ => ++received < 3 ? null : "20040107");
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply> waiting = client.SendTextAsync("V", Stop).AsTask();
        await relay.WaitForCommandsAsync(1);
        time.Advance(Second);
        await relay.WaitForCommandsAsync(2);
        time.Advance(Second);

        (await waiting).Text.ShouldBe("20040107\n");
        relay.Commands.ShouldBe(["V", "V", "V"]);
        relay.Cookies.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task The_number_of_transmissions_counts_them_all()
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start("udp", _ => null);
        await using var client = new RelayClient(
            RelayAddress.Parse(relay.Url), new RelayClientOptions { Transmissions = 2 }, time);

        Task<RelayReply> waiting = client.SendTextAsync("V", Stop).AsTask();
        await relay.WaitForCommandsAsync(1);
        time.Advance(Second);
        await relay.WaitForCommandsAsync(2);
        waiting.IsCompleted.ShouldBeFalse();
        time.Advance(Second);

        (await waiting).Failure.ShouldBe(RelayFailure.NoReply);
        relay.Commands.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Cookies_fit_what_servers_expect_and_are_never_used_twice()
    {
        await using FakeRelay relay = FakeRelay.Start();
        await using var one = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);
        await using var other = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        for (int i = 0; i < 50; i++)
        {
            await one.SendTextAsync("V", Stop);
            await other.SendTextAsync("V", Stop);
        }

        relay.Cookies.Distinct().Count().ShouldBe(100);
        relay.Cookies.ShouldAllBe(cookie => cookie.Length <= 32);
    }

    [Fact]
    public async Task Late_repeated_and_foreign_replies_are_dropped()
    {
        string? firstCookie = null;
        await using FakeRelay relay = FakeRelay.Start("udp", command => command);
        relay.Wire = (cookie, reply) =>
        {
            firstCookie ??= cookie;
            return
            [
                "garbage\n",
                "",
                $"{cookie}x {reply} wrong\n",
                $"{firstCookie} late reply of the first\n",
                $"{cookie} {reply}\n",
                $"{cookie} {reply} repeated\n",
            ];
        };
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        relay.Wire = Keep(relay.Wire, out Func<string?, string, IEnumerable<string>> noisy);
        (await client.SendTextAsync("Z 0", Stop)).Text.ShouldBe("Z 0\n");
        relay.Wire = noisy;
        for (int i = 1; i < 20; i++)
        {
            (await client.SendTextAsync($"Z {i}", Stop)).Text.ShouldBe($"Z {i}\n");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public async Task A_reply_of_the_cookie_alone_is_an_empty_reply(string end)
    {
        await using FakeRelay relay = FakeRelay.Start("udp", _ => "");
        relay.Wire = (cookie, _) => [cookie + end];
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), PatientClients.Options);

        RelayReply reply = await client.SendTextAsync("G", Stop);

        reply.IsReply.ShouldBeTrue();
        reply.Text.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task When_nothing_at_all_is_heard_many_waiters_do_not_wait_for_every_transmission()
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start("udp", _ => null);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply>[] waiting =
            [.. Enumerable.Range(0, 20).Select(i => client.SendTextAsync($"Z {i}", Stop).AsTask())];
        await relay.WaitForCommandsAsync(20);
        time.Advance(Second);

        (await Task.WhenAll(waiting)).ShouldAllBe(reply => reply.Failure == RelayFailure.NoReply);
    }

    [Fact]
    public async Task A_burst_that_was_lost_while_others_were_answered_is_sent_again()
    {
        var time = new ManualTime();
        var seen = new HashSet<string>();
        await using FakeRelay relay = FakeRelay.Start(
            "udp", command => command == "V" || !seen.Add(command) ? "20040107" : null);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply>[] waiting =
            [.. Enumerable.Range(0, 20).Select(i => client.SendTextAsync($"Z {i}", Stop).AsTask())];
        await relay.WaitForCommandsAsync(20);
        time.Advance(Second / 2);
        await client.SendTextAsync("V", Stop);
        time.Advance(Second / 2);

        (await Task.WhenAll(waiting)).ShouldAllBe(reply => reply.IsReply);
    }

    [Fact]
    public async Task A_node_that_answers_someone_is_not_given_up_for_others()
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start("udp", command => command == "V" ? "20040107" : null);
        await using var client = new RelayClient(RelayAddress.Parse(relay.Url), null, time);

        Task<RelayReply>[] waiting =
            [.. Enumerable.Range(0, 2).Select(i => client.SendTextAsync($"Z {i}", Stop).AsTask())];
        await relay.WaitForCommandsAsync(2);
        time.Advance(Second);
        await client.SendTextAsync("V", Stop);
        Task<RelayReply> third = client.SendTextAsync("Z 3", Stop).AsTask();
        await relay.WaitForCommandsAsync(6);
        time.Advance(Second);
        await relay.WaitForCommandsAsync(9);

        waiting.ShouldAllBe(task => !task.IsCompleted);
        third.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task The_forced_socket_is_where_commands_come_from_for_every_node()
    {
        using var reserve = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        reserve.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        reserve.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.9"), 0));
        var local = (IPEndPoint)reserve.LocalEndPoint!;
        reserve.Connect(IPAddress.Loopback, 9);
        await using FakeRelay one = FakeRelay.Start("udp", command => command);
        await using FakeRelay other = FakeRelay.Start("udp", command => command + " other");
        var options = new RelayClientOptions { LocalSocket = local };
        await using var toOne = new RelayClient(RelayAddress.Parse(one.Url), options);
        await using var toOther = new RelayClient(RelayAddress.Parse(other.Url), options);

        for (int i = 0; i < 20; i++)
        {
            (await toOne.SendTextAsync($"Z {i}", Stop)).Text.ShouldBe($"Z {i}\n");
            (await toOther.SendTextAsync($"Z {i}", Stop)).Text.ShouldBe($"Z {i} other\n");
        }

        one.LastPeer.ShouldBe(local);
        other.LastPeer.ShouldBe(local);
    }

    private static Func<string?, string, IEnumerable<string>> Keep(
        Func<string?, string, IEnumerable<string>> noisy,
        out Func<string?, string, IEnumerable<string>> kept)
    {
        kept = noisy;
        return (cookie, reply) => noisy(cookie, reply).Skip(4).Take(1);
    }
}
