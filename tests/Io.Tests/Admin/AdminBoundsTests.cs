using System.Net.Sockets;
using RtpProxy.Admin;
using RtpProxy.Hosting.Admin;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Admin;

public sealed class AdminBoundsTests
{
    [Fact]
    public async Task Clients_above_the_bound_are_told_so_and_places_become_free_again()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        var clients = new List<AdminClient>();
        try
        {
            for (int i = 0; i < AdminService.MaxClients; i++)
            {
                AdminClient client = await relay.ConnectAsync();
                clients.Add(client);
                (await client.AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull();
            }

            for (int i = 0; i < 8; i++)
            {
                using AdminClient refused = await relay.ConnectAsync();
                (await refused.ReadAsync()).ShouldNotBeNull().Error.ShouldNotBeNull().Code.ShouldBe(FaultCodes.Busy);
                (await refused.ReadAsync()).ShouldBeNull();
            }

            clients[0].Dispose();
            await Eventually.TrueAsync(async () =>
            {
                using AdminClient next = await relay.ConnectAsync();
                return await AnswersAsync(next);
            });
            (await clients[1].AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull();
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_client_that_never_reads_is_closed_and_nobody_else_notices()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync(writePatience: TimeSpan.FromMilliseconds(300));
        using AdminClient other = await relay.ConnectAsync();
        using AdminClient mute = await relay.ConnectAsync();
        mute.Connection.SendTimeout = (int)Eventually.Deadline.TotalMilliseconds;

        Task flood = Task.Run(async () =>
        {
            while (true)
            {
                await mute.SendAsync("{\"ask\":\"counters\"}\n");
            }
        });

        await Should.ThrowAsync<IOException>(flood).WaitAsync(Eventually.Deadline);
        await Eventually.TrueAsync(() => relay.Relay.Logger.Texts.Any(text => text.Contains("has not read for", StringComparison.Ordinal)));
        (await other.AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_events_is_closed_too()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync(writePatience: TimeSpan.FromMilliseconds(300));
        using AdminClient mute = await relay.ConnectAsync();
        await mute.AskAsync("""{"ask":"events"}""");

        await Eventually.TrueAsync(async () =>
        {
            await relay.CommandAsync("U call 127.0.0.1 4000 alice");
            await relay.CommandAsync("D call alice");
            return relay.Relay.Logger.Texts.Any(text => text.Contains("has not read for", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Events_that_a_client_is_too_slow_for_are_dropped_oldest_first_and_counted()
    {
        const int Calls = 4000;
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient slow = await relay.ConnectAsync();
        await slow.AskAsync("""{"ask":"events","kinds":["ended"]}""");

        for (int i = 0; i < Calls; i++)
        {
            await relay.CommandAsync($"U call{i} 127.0.0.1 4000 alice");
            await relay.CommandAsync($"D call{i} alice");
        }

        long told = 0;
        long lost = 0;
        string last = "";
        while (last != $"call{Calls - 1}")
        {
            AdminReply reply = (await slow.ReadAsync()).ShouldNotBeNull();
            told += reply.Event is null ? 0 : 1;
            lost += reply.Lost ?? 0;
            last = reply.Event?.CallId ?? last;
        }

        lost.ShouldBeGreaterThan(0);
        (told + lost).ShouldBe(Calls);
        RelayCounters counters = (await slow.AskAsync("""{"ask":"counters"}""")).Counters.ShouldNotBeNull();
        counters.EventsLost["admin"].ShouldBe((ulong)lost);
    }

    [Fact]
    public async Task Pages_whose_texts_are_too_long_for_a_line_are_shorter()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        string name = new('n', 7000);
        for (int i = 0; i < 700; i++)
        {
            (await relay.CommandAsync($"U call{i:D4}{name} 127.0.0.1 4000 alice")).ShouldNotStartWith("E");
        }

        await client.SendAsync("{\"ask\":\"sessions\",\"take\":1000,\"sort\":\"call-id\"}\n");
        string line = (await client.ReadLineAsync()).ShouldNotBeNull();
        line.Length.ShouldBeLessThan(AdminWords.MaxReplyLength);
        SessionPage page = System.Text.Json.JsonSerializer.Deserialize(line, AdminJson.Default.AdminReply)!.Sessions.ShouldNotBeNull();
        page.Matching.ShouldBe(700);
        page.Rows.Count.ShouldBeInRange(100, 600);
        page.Rows[0].CallId.ShouldStartWith("call0000n");
    }

    [Fact]
    public async Task A_half_line_is_forgotten_with_its_connection()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient half = await relay.ConnectAsync();
        await half.SendAsync("""{"id":1,"ask":"dra""");
        half.Connection.Shutdown(SocketShutdown.Send);

        (await half.ReadAsync()).ShouldBeNull();
        using AdminClient client = await relay.ConnectAsync();
        (await client.AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull().Draining.ShouldBeFalse();
    }

    [Fact]
    public async Task A_path_that_is_in_use_is_left_alone()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();

        ControlSocketException refused = await Should.ThrowAsync<ControlSocketException>(
            async () => await AdminRelay.StartAsync(change: options => options with
            {
                Admin = options.Admin! with { SocketPath = relay.SocketPath },
            }));

        refused.Message.ShouldContain("listens there, and is left alone");
        using AdminClient client = await relay.ConnectAsync();
        (await client.AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_file_is_for_its_owner_and_group_and_goes_with_the_relay()
    {
        string path;
        await using (AdminRelay relay = await AdminRelay.StartAsync())
        {
            path = relay.SocketPath;
            File.GetUnixFileMode(path).ShouldBe(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        }

        File.Exists(path).ShouldBeFalse();
    }

    [Fact]
    public async Task Clients_are_let_go_when_the_relay_stops()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        await client.AskAsync("""{"ask":"events"}""");

        await relay.Host.StopAsync().WaitAsync(Eventually.Deadline);

        (await client.ReadAsync()).ShouldBeNull();
    }

    private static async Task<bool> AnswersAsync(AdminClient client)
    {
        try
        {
            return (await client.AskAsync("""{"ask":"hello"}""")).Hello is not null;
        }
        catch (IOException)
        {
            return false; // refused
        }
    }
}
