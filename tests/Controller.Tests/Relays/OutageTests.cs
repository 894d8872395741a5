using System.Net;
using System.Net.Sockets;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Tests.Offers;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.Controller.Tests.Relays;

/// <summary>Whoever gets no relay is told which ones there are, and what is wrong with each.</summary>
public sealed class OutageTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly MediaCall Call = new("call", "ft");

    [Theory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_port_where_nothing_listens_is_named(string scheme)
    {
        int port = ClosedPort();
        string url = $"{scheme}:127.0.0.1:{port}";
        string why = $"no relay of set 0 is available: {url}: nothing listens there: {scheme.ToUpperInvariant()} port {port} of 127.0.0.1 (connection refused)";
        (await ReasonAsync(url)).ShouldBe(why);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_and_a_socket_that_is_not_there_are_named()
    {
        string reason = await ReasonAsync("udp:no-such-host.invalid:22222 unix:/tmp/no-such-socket");
        reason.ShouldContain("udp:no-such-host.invalid:22222: the name no-such-host.invalid is not known");
        reason.ShouldContain("unix:/tmp/no-such-socket: nothing listens there: no such file /tmp/no-such-socket");
    }

    [Fact]
    public async Task A_set_that_is_not_there_or_has_many_relays_is_told_in_a_line()
    {
        await using var none = new RelaySets([]);
        (await new RtpProxyController(none).OfferAsync(Call, TestMessages.Sdp, cancellationToken: Stop)).Reason
            .ShouldBe("no relay of set 0 is available: there is no such set");
        (await new RtpProxyController(none).DeleteAsync(Call with { Set = 3 }, Stop)).Reason
            .ShouldBe("no relay of set 3 is available: there is no such set");
        string many = string.Join(' ', Enumerable.Range(1, 9).Select(i => $"unix:/tmp/no-such-{i}"));
        (await ReasonAsync(many)).ShouldEndWith("no such file /tmp/no-such-3; and 6 more");
    }

    [Fact]
    public async Task A_relay_that_says_nothing_is_listed_as_one_that_was_never_heard_and_then_as_down()
    {
        var time = new ManualTime();
        await using FakeRelay relay = FakeRelay.Start("udp", _ => ValueTask.FromResult<string?>(null));
        await using var sets = new RelaySets([RelaySetDefinition.Parse(relay.Url)], null, time);
        RelayNodeStatus node = sets.List().Single();
        (node.IsUnprobed, node.IsDisabled, node.Problem).ShouldBe((true, false, "it has not answered yet"));
        Task probe = sets.ProbeAllAsync(Stop);
        while (!probe.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        node = sets.List().Single();
        (node.IsUnprobed, node.IsDisabled, node.Problem).ShouldBe((false, true, "no reply in time"));
        sets.SetEnabled(relay.Url, false);
        sets.List().Single().Problem.ShouldBe("it was switched off");
    }

    [Fact]
    public async Task Full_relays_are_named_with_what_they_said()
    {
        var controller = new RtpProxyController(new TestNodes(new TestNode("E71", "first"), new TestNode("E99", "second")));
        (await controller.OfferAsync(Call, TestMessages.Sdp, cancellationToken: Stop)).Reason
            .ShouldBe("no relay of set 0 is available: first takes no new call (E71), nor does second (E99)");
    }

    private static async Task<string> ReasonAsync(string urls)
    {
        await using var sets = new RelaySets([RelaySetDefinition.Parse(urls)]);
        var down = new List<string>();
        sets.NodeDown += (_, node) =>
        {
            lock (down)
            {
                down.Add(node.Reason);
            }
        };
        SdpResult offer = await new RtpProxyController(sets).OfferAsync(Call, TestMessages.Sdp, cancellationToken: Stop);
        offer.Outcome.ShouldBe(MediaOutcome.NoRelay);
        down.ShouldAllBe(reason => offer.Reason.Contains(reason) || down.Count > 3);
        return offer.Reason;
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
