using System.Net;
using System.Net.Sockets;
using RtpProxy.Admin;
using RtpProxy.TestKit;

namespace RtpProxy.Io.Tests.Admin;

public sealed class AdminAnswersTests
{
    [Fact]
    public async Task Hello_says_who_answers()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        AdminReply reply = await client.AskAsync("""{"id":7,"ask":"hello"}""");

        reply.Id.ShouldBe(7);
        RelayHello hello = reply.Hello.ShouldNotBeNull();
        hello.Protocol.ShouldBe(AdminWords.Version);
        hello.Version.ShouldBe("3.2.0.test");
        hello.Pid.ShouldBe(Environment.ProcessId);
        hello.Workers.ShouldBe(2);
        hello.Draining.ShouldBeFalse();
        hello.StartedAt.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_call_is_listed_and_told_in_full()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        using UdpClient caller = AdminRelay.Phone();
        using UdpClient callee = AdminRelay.Phone();
        (int forCaller, int forCallee) = await relay.CallAsync("call1", caller, callee);
        for (byte i = 0; i < 5; i++)
        {
            await caller.SendAsync(AdminRelay.Rtp(i), new IPEndPoint(IPAddress.Loopback, forCaller));
            await callee.ReceiveAsync().WaitAsync(Eventually.Deadline);
        }

        SessionPage page = (await client.AskAsync("""{"id":1,"ask":"sessions"}""")).Sessions.ShouldNotBeNull();
        page.Total.ShouldBe(1);
        page.Matching.ShouldBe(1);
        SessionRow row = page.Rows.ShouldHaveSingleItem();
        row.CallId.ShouldBe("call1");
        row.FromTag.ShouldBe("alice");
        row.ToTag.ShouldBe("bob");
        row.Verdict.ShouldBe("waiting");
        row.Caller.Address.ShouldBe($"127.0.0.1:{AdminRelay.PortOf(caller)}");
        row.Caller.Packets.ShouldBe(5UL);
        row.Caller.Codec.ShouldBe("PCMU");
        row.Callee.Packets.ShouldBe(0UL);

        SessionDetail detail = (await client.AskAsync("""{"id":2,"ask":"session","callId":"call1"}""")).Session.ShouldHaveSingleItem();
        detail.Caller.Port.ShouldBe(forCaller);
        detail.Callee.Port.ShouldBe(forCallee);
        detail.Caller.Local.ShouldBe("127.0.0.1");
        detail.Caller.Learned.ShouldBe($"127.0.0.1:{AdminRelay.PortOf(caller)}");
        detail.Callee.Sent.ShouldBe(5UL);
        detail.Complete.ShouldBeTrue();
        detail.SetUpAt.ShouldBe(row.SetUpAt);
    }

    [Fact]
    public async Task What_came_before_the_answer_is_told_and_is_in_no_figure()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        using UdpClient caller = AdminRelay.Phone();
        using UdpClient callee = AdminRelay.Phone();
        int forCallee = await relay.OfferAsync("call1", caller);
        for (byte i = 0; i < 3; i++)
        {
            await callee.SendAsync(AdminRelay.Rtp(i), new IPEndPoint(IPAddress.Loopback, forCallee));
        }

        SessionDetail? detail = null;
        await Eventually.TrueAsync(async () =>
        {
            detail = (await client.AskAsync("""{"ask":"session","callId":"call1"}""")).Session.ShouldHaveSingleItem();
            return detail.Callee.Early?.Count == 3;
        });
        detail!.Callee.Early!.Source.ShouldBe($"127.0.0.1:{AdminRelay.PortOf(callee)}");
        detail.Callee.Early.LastAt.ShouldBeInRange(detail.SetUpAt, DateTimeOffset.UtcNow);
        detail.Callee.Figures.Packets.ShouldBe(0UL);
        detail.Caller.Early.ShouldBeNull();
    }

    [Fact]
    public async Task A_call_that_is_not_there_is_an_empty_list()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        AdminReply reply = await client.AskAsync("""{"id":2,"ask":"session","callId":"nobody"}""");

        reply.Error.ShouldBeNull();
        reply.Session.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_filtered_sorted_and_paged()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        for (int i = 0; i < 250; i++)
        {
            await relay.CommandAsync($"U call{i:D3} 127.0.0.1 4000 alice");
        }

        AdminReply reply = await client.AskAsync("""{"ask":"sessions","sort":"call-id","skip":120,"take":3,"text":"CALL"}""");
        SessionPage page = reply.Sessions.ShouldNotBeNull();
        page.Total.ShouldBe(250);
        page.Matching.ShouldBe(250);
        page.Skip.ShouldBe(120);
        page.Rows.Select(row => row.CallId).ShouldBe(["call120", "call121", "call122"]);

        page = (await client.AskAsync("""{"ask":"sessions","text":"l24"}""")).Sessions.ShouldNotBeNull();
        page.Total.ShouldBe(250);
        page.Matching.ShouldBe(10);
        page.Rows.Count.ShouldBe(10);

        page = (await client.AskAsync("""{"ask":"sessions","verdict":"one-way"}""")).Sessions.ShouldNotBeNull();
        page.Rows.ShouldBeEmpty();
        page = (await client.AskAsync("""{"ask":"sessions","trouble":true}""")).Sessions.ShouldNotBeNull();
        page.Matching.ShouldBe(0);
    }

    [Fact]
    public async Task Counters_tell_sessions_apart_by_what_ended_them()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        await relay.CommandAsync("U call1 127.0.0.1 4000 alice");
        await relay.CommandAsync("U call2 127.0.0.1 4000 alice");
        await relay.CommandAsync("U call3 127.0.0.1 4000 alice");
        await relay.CommandAsync("D call1 alice");
        await relay.CommandAsync("X");

        RelayCounters counters = (await client.AskAsync("""{"ask":"counters"}""")).Counters.ShouldNotBeNull();

        counters.SessionsEnded.ShouldBe(
            new Dictionary<string, ulong> { ["timed-out"] = 0, ["all-deleted"] = 2, ["deleted"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task Counters_tell_sessions_commands_ports_and_workers()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        using UdpClient caller = AdminRelay.Phone();
        using UdpClient callee = AdminRelay.Phone();
        (int forCaller, _) = await relay.CallAsync("call1", caller, callee);
        await relay.CommandAsync("U call2 127.0.0.1 4000 alice");
        await relay.CommandAsync("U call3 127.0.0.1 4000 alice");
        await relay.CommandAsync("D call3 alice");
        await relay.CommandAsync("D call3 alice");
        await relay.CommandAsync("?");
        await caller.SendAsync(AdminRelay.Rtp(1), new IPEndPoint(IPAddress.Loopback, forCaller));
        await callee.ReceiveAsync().WaitAsync(Eventually.Deadline);

        RelayCounters counters = (await client.AskAsync("""{"ask":"counters"}""")).Counters.ShouldNotBeNull();

        counters.SessionsComplete.ShouldBe(1);
        counters.SessionsIncomplete.ShouldBe(1);
        counters.SessionsCreated.ShouldBe(3UL);
        counters.SessionsEnded["deleted"].ShouldBe(1UL);
        counters.Verdicts["waiting"].ShouldBe(2);
        counters.Commands.ShouldBe([
            new CommandCount("delete", "E50", 1),
            new CommandCount("delete", "ok", 1),
            new CommandCount("lookup", "ok", 1),
            new CommandCount("malformed", "E0", 1),
            new CommandCount("update", "ok", 3),
        ]);
        Histogram durations = counters.CommandSeconds.ShouldNotBeNull();
        durations.Counts.Count.ShouldBe(durations.Bounds.Count + 1);
        durations.Sums.Count.ShouldBe(durations.Counts.Count);
        durations.Counts.Aggregate(0UL, (sum, count) => sum + count).ShouldBe(7UL);
        counters.PortsUsed.ShouldBe(3);
        counters.PortsLimit.ShouldBeGreaterThan(3);
        counters.Workers.Count.ShouldBe(2);
        counters.Workers.Sum(worker => worker.Sessions).ShouldBe(2);
        counters.Workers.ShouldAllBe(worker => worker.CpuSeconds > 0);
        counters.EventsLost["admin"].ShouldBe(0UL);
    }

    [Fact]
    public async Task Host_figures_tell_of_the_process()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();

        HostFigures host = (await client.AskAsync("""{"ask":"host"}""")).Host.ShouldNotBeNull();

        host.Processors.ShouldBe(Environment.ProcessorCount);
        host.ResidentBytes.ShouldBeGreaterThan(1 << 20);
        host.DescriptorsUsed.ShouldBeInRange(5, 100_000);
        host.DescriptorsLimit.ShouldBe(relay.Host.Descriptors.Soft);
        host.SessionsThatFit.ShouldBeGreaterThan(0);
        host.LocalPortMax.ShouldNotBeNull().ShouldBeGreaterThan(0);
        host.UdpReceiveErrors.ShouldNotBeNull();
        host.Steal.ShouldNotBeNull().ShouldBeInRange(0, 1);
        host.SocketDrops.ShouldNotBeNull();
        host.LoadAverage.ShouldNotBeNull();
    }

    [Fact]
    public async Task Drain_begins_the_slow_shutdown()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        await relay.CommandAsync("U call1 127.0.0.1 4000 alice");

        (await client.AskAsync("""{"id":3,"ask":"drain"}""")).Done.ShouldBe(true);

        (await relay.CommandAsync("U call2 127.0.0.1 4000 alice")).ShouldBe("E99\n");
        (await client.AskAsync("""{"ask":"hello"}""")).Hello.ShouldNotBeNull().Draining.ShouldBeTrue();
        await relay.CommandAsync("D call1 alice");
        await relay.Host.Completion.WaitAsync(Eventually.Deadline);
    }
}
