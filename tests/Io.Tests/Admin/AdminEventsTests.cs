using System.Net;
using System.Net.Sockets;
using RtpProxy.Admin;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Rtp;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Io.Tests.Admin;

public sealed class AdminEventsTests
{
    [Fact]
    public async Task A_call_is_told_from_its_beginning_to_its_end()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        using UdpClient caller = AdminRelay.Phone();
        using UdpClient callee = AdminRelay.Phone();
        (await client.AskAsync("""{"id":1,"ask":"events"}""")).Done.ShouldBe(true);

        (int forCaller, _) = await relay.CallAsync("call1", caller, callee);
        await caller.SendAsync(AdminRelay.Rtp(1), new IPEndPoint(IPAddress.Loopback, forCaller));
        await callee.ReceiveAsync().WaitAsync(Eventually.Deadline);
        await relay.CommandAsync("D call1 alice bob");

        (await NextAsync(client)).ShouldSatisfyAllConditions(
            created => created.Kind.ShouldBe(EventKinds.Created),
            created => created.CallId.ShouldBe("call1"),
            created => created.FromTag.ShouldBe("alice"),
            created => created.At.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1)));
        (await NextAsync(client)).ShouldSatisfyAllConditions(
            latched => latched.Kind.ShouldBe(EventKinds.Latched),
            latched => latched.Party.ShouldBe("caller"),
            latched => latched.Stream.ShouldBe("rtp"),
            latched => latched.Address.ShouldBe($"127.0.0.1:{AdminRelay.PortOf(caller)}"));
        EventNotice ended = await NextAsync(client);
        ended.Kind.ShouldBe(EventKinds.Ended);
        ended.Reason.ShouldBe("deleted");
        ended.Session.ShouldNotBeNull().Caller.Port.ShouldBe(forCaller);
        ended.Session.Caller.Figures.Packets.ShouldBe(1UL);
    }

    [Theory]
    [InlineData(true, "#")]
    [InlineData(false, null)]
    public async Task A_digit_is_told_with_who_pressed_it_and_which_it_was_unless_only_a_controller_wants_to_know(
        bool isForAll, string? told)
    {
        using var controller = new TcpListener(IPAddress.Loopback, 0);
        controller.Start();
        var target = (IPEndPoint)controller.LocalEndpoint;
        await using AdminRelay relay = await AdminRelay.StartAsync(change: options => options with
        {
            Relay = options.Relay with { DigitPayloadType = isForAll ? new PayloadType(101) : null },
            NotifySockets = [new TcpNotifySocket($"tcp:{target}", target)],
        });
        using AdminClient client = await relay.ConnectAsync();
        using UdpClient caller = AdminRelay.Phone();
        using UdpClient callee = AdminRelay.Phone();
        await client.AskAsync("""{"ask":"events","kinds":["digit"]}""");
        (_, int forCallee) = await relay.CallAsync("call1", caller, callee);
        await relay.CommandAsync($"U call1 127.0.0.1 {AdminRelay.PortOf(callee)} bob alice tcp:{target} gone && M3:1 d");

        for (int i = 0; i < 3; i++)
        {
            byte[] packet = RtpBytes.Event(i, timestamp: 1000, code: 11, duration: 800, isEnd: i > 0);
            await callee.SendAsync(packet, new IPEndPoint(IPAddress.Loopback, forCallee));
        }

        (await NextAsync(client)).ShouldSatisfyAllConditions(
            digit => digit.Kind.ShouldBe(EventKinds.Digit),
            digit => digit.CallId.ShouldBe("call1"),
            digit => digit.Party.ShouldBe("callee"),
            digit => digit.Digit.ShouldBe(told));
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_are_told_and_another_request_replaces_the_first()
    {
        await using AdminRelay relay = await AdminRelay.StartAsync();
        using AdminClient client = await relay.ConnectAsync();
        await client.AskAsync("""{"ask":"events","kinds":["ended"]}""");
        await relay.CommandAsync("U call1 127.0.0.1 4000 alice");
        await relay.CommandAsync("D call1 alice");
        (await NextAsync(client)).Kind.ShouldBe(EventKinds.Ended);

        await client.AskAsync("""{"ask":"events","kinds":["created"]}""");
        await relay.CommandAsync("U call2 127.0.0.1 4000 alice");
        await relay.CommandAsync("D call2 alice");
        (await NextAsync(client)).CallId.ShouldBe("call2");

        await client.AskAsync("""{"ask":"events","kinds":[]}""");
        await relay.CommandAsync("U call3 127.0.0.1 4000 alice");
        (await client.AskAsync("""{"id":9,"ask":"hello"}""")).Id.ShouldBe(9);
    }

    private static async Task<EventNotice> NextAsync(AdminClient client)
    {
        AdminReply reply = (await client.ReadAsync()).ShouldNotBeNull();
        reply.Id.ShouldBeNull();
        return reply.Event.ShouldNotBeNull();
    }
}
