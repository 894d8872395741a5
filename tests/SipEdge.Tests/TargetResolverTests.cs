using System.Net;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Names of next hops.</summary>
public sealed class TargetResolverTests
{
    private static readonly ListenPoint Point =
        new(SipTransport.Udp, new IPEndPoint(IPAddress.Loopback, 5060), "127.0.0.1", 5060, new InterfaceHosts(TimeProvider.System));

    [Fact]
    public async Task An_address_is_not_looked_up()
    {
        var resolver = new TargetResolver(new OnePoint(), _ => throw new InvalidOperationException("looked up"), new ManualTime());

        Flow? flow = await resolver.ResolveAsync(new NextHop(SipTransport.Udp, "192.0.2.1", 5070), null, Point);

        flow!.Remote.ToString().ShouldBe("192.0.2.1:5070");
    }

    [Fact]
    public async Task A_name_gets_the_first_address_that_a_point_can_reach()
    {
        IPAddress[] addresses = [IPAddress.IPv6Loopback, IPAddress.Parse("192.0.2.7")];
        var resolver = new TargetResolver(new OnePoint(), _ => Task.FromResult(addresses), new ManualTime());

        Flow? flow = await resolver.ResolveAsync(new NextHop(SipTransport.Udp, "next.example", 5060), null, Point);

        flow!.Remote.ToString().ShouldBe("192.0.2.7:5060");
    }

    [Fact]
    public async Task Names_that_a_dead_name_server_is_asked_for_hold_a_bounded_number_of_threads()
    {
        var time = new ManualTime();
        int asked = 0;
        var dead = new TaskCompletionSource<IPAddress[]>();
        var resolver = new TargetResolver(new OnePoint(), Ask, time);
        Task<Flow?>[] waiting = [.. Enumerable.Range(0, 50).Select(i => ResolveAsync($"name-{i}.example"))];

        asked.ShouldBe(TargetResolver.MaxLookUps);
        time.Advance(TimeSpan.FromSeconds(4));
        (await Task.WhenAll(waiting)).ShouldAllBe(flow => flow == null);

        // Given up, but the threads still wait: nothing more is asked until they come back.
        (await ResolveAsync("late.example")).ShouldBeNull();
        asked.ShouldBe(TargetResolver.MaxLookUps);
        dead.SetResult([IPAddress.Loopback]);
        (await ResolveAsync("again.example")).ShouldNotBeNull();

        async Task<Flow?> ResolveAsync(string name) => await resolver.ResolveAsync(new NextHop(SipTransport.Udp, name, 5060), null, Point);

        Task<IPAddress[]> Ask(string name)
        {
            asked++;
            return dead.Task;
        }
    }

    private sealed class OnePoint : ISipSender
    {
        public IReadOnlyList<ListenPoint> Points => [Point];

        public ListenPoint? FindPoint(SipTransport transport, IPEndPoint remote, ListenPoint preferred) =>
            transport == Point.Transport && remote.AddressFamily == Point.Family ? Point : null;

        public ValueTask<bool> SendAsync(Flow to, ReadOnlyMemory<byte> message) => throw new NotSupportedException();
    }
}
