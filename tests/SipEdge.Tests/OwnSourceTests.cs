using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Controller;
using RtpProxy.Controller.Relays;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;
using RtpProxy.TestKit.Controllers;

namespace RtpProxy.SipEdge.Tests;

/// <summary>Datagrams with a forged source.</summary>
public sealed class OwnSourceTests
{
    [Theory]
    [InlineData("127.0.0.1", 5060, true)]
    [InlineData("127.0.0.9", 5060, true)]
    [InlineData("127.0.0.1", 5061, false)]
    public async Task What_says_that_it_comes_from_ourselves_is_dropped(string address, int port, bool isOurs)
    {
        var time = new ManualTime();
        EdgeSettings settings = EdgeConfiguration.Parse(
            """{ "listen": [{ "address": "0.0.0.0", "advertise": "192.0.2.1" }], "authentication": "none" }"""u8);
        await using var relays = new RelaySets([], settings.RelayOptions, time);
        var counters = new EdgeCounters();
        using var proxy = new SipProxy(
            new EdgeState(settings, new CallMedia(relays, settings.Media.Options, time)), counters, time, NullLogger.Instance);
        var point = new ListenPoint(SipTransport.Udp, new IPEndPoint(IPAddress.Any, 5060), "192.0.2.1", 5060, new InterfaceHosts(time));
        proxy.Attach(new Mute(point));

        proxy.OnReceived(new Flow(point, new IPEndPoint(IPAddress.Parse(address), port)), Encoding.ASCII.GetBytes("no SIP"));

        counters.Read(isOurs ? EdgeCounter.DroppedOwn : EdgeCounter.DroppedUnreadable).ShouldBe(1);
    }

    [Fact]
    public void Strangers_at_our_port_cost_no_question_to_the_system()
    {
        var point = new ListenPoint(SipTransport.Udp, new IPEndPoint(IPAddress.Any, 5060), "192.0.2.1", 5060, new InterfaceHosts(new ManualTime()));
        IPAddress stranger = IPAddress.Parse("203.0.113.9");
        point.IsReachedBy(stranger, 5060).ShouldBeFalse();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++)
        {
            point.IsReachedBy(stranger, 5060);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000); // A socket alone is more.
    }

    [Fact]
    public void Every_address_of_the_machine_is_ours_where_we_listen_on_all_of_them()
    {
        var point = new ListenPoint(SipTransport.Udp, new IPEndPoint(IPAddress.Any, 5060), "192.0.2.1", 5060, new InterfaceHosts(new ManualTime()));

        foreach (UnicastIPAddressInformation each in NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(each => each.GetIPProperties().UnicastAddresses))
        {
            point.IsReachedBy(each.Address, 5060).ShouldBeTrue(each.Address.ToString());
        }
    }

    private sealed class Mute(ListenPoint point) : ISipSender
    {
        public IReadOnlyList<ListenPoint> Points => [point];

        public ListenPoint? FindPoint(SipTransport transport, IPEndPoint remote, ListenPoint preferred) => point;

        public ValueTask<bool> SendAsync(Flow to, ReadOnlyMemory<byte> message) => ValueTask.FromResult(true);
    }
}
