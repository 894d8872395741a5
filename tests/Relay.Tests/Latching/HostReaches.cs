using System.Net;
using RtpProxy.Relay.Latching;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Tests.Latching;

/// <summary>Which addresses in session descriptions tell where their owner is.</summary>
public sealed class HostReaches
{
    [Theory]
    [InlineData("8.8.8.8", Reach.Public)]
    [InlineData("9.255.255.255", Reach.Public)]
    [InlineData("10.0.0.0", Reach.Private)]
    [InlineData("10.255.255.255", Reach.Private)]
    [InlineData("11.0.0.0", Reach.Public)]
    [InlineData("100.63.255.255", Reach.Public)]
    [InlineData("100.64.0.0", Reach.Private)]
    [InlineData("100.127.255.255", Reach.Private)]
    [InlineData("100.128.0.0", Reach.Public)]
    [InlineData("127.0.0.1", Reach.Loopback)]
    [InlineData("127.255.255.254", Reach.Loopback)]
    [InlineData("169.253.255.255", Reach.Public)]
    [InlineData("169.254.1.1", Reach.Private)]
    [InlineData("172.15.255.255", Reach.Public)]
    [InlineData("172.16.0.0", Reach.Private)]
    [InlineData("172.31.255.255", Reach.Private)]
    [InlineData("172.32.0.0", Reach.Public)]
    [InlineData("192.0.0.4", Reach.Private)]
    [InlineData("192.0.1.1", Reach.Public)]
    [InlineData("192.0.2.1", Reach.Public)]
    [InlineData("192.167.255.255", Reach.Public)]
    [InlineData("192.168.0.1", Reach.Private)]
    [InlineData("192.169.0.0", Reach.Public)]
    [InlineData("198.18.0.1", Reach.Public)]
    [InlineData("198.51.100.1", Reach.Public)]
    [InlineData("203.0.113.1", Reach.Public)]
    [InlineData("0.1.2.3", Reach.Private)]
    [InlineData("240.0.0.1", Reach.Private)]
    [InlineData("::1", Reach.Loopback)]
    [InlineData("::2", Reach.Public)]
    [InlineData("2001:db8::1", Reach.Public)]
    [InlineData("2a00:1450::1", Reach.Public)]
    [InlineData("fbff::1", Reach.Public)]
    [InlineData("fc00::1", Reach.Private)]
    [InlineData("fdff:ffff::1", Reach.Private)]
    [InlineData("fe00::1", Reach.Public)]
    [InlineData("fe80::1", Reach.Private)]
    [InlineData("febf::1", Reach.Private)]
    [InlineData("fec0::1", Reach.Private)]
    [InlineData("ff02::1", Reach.Public)]
    [InlineData("::ffff:10.1.2.3", Reach.Private)]
    [InlineData("::ffff:192.0.2.1", Reach.Public)]
    [InlineData("::ffff:127.0.0.1", Reach.Loopback)]
    [InlineData("64:ff9b::a01:203", Reach.Private)]
    [InlineData("64:ff9b::808:808", Reach.Public)]
    [InlineData("64:ff9b:1::808:808", Reach.Private)]
    [InlineData("2002:c0a8:101::1", Reach.Private)]
    [InlineData("2002:c000:201::1", Reach.Public)]
    public void An_address_is_public_or_not(string address, Reach reach) =>
        HostReach.Of(Endpoint.From(IPAddress.Parse(address), 5_004)).ShouldBe(reach);

    [Theory]
    [InlineData("192.0.2.1", "203.0.113.1", false)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("10.0.0.1", "203.0.113.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("127.0.0.1", "192.168.1.5", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("fd00::1", "2001:db8::2", true)]
    public void A_party_may_be_seen_elsewhere_than_it_signals_or_not(string signalled, string source, bool may)
    {
        var address = Endpoint.From(IPAddress.Parse(signalled), 5_004);

        HostReach.MayBeSeenAt(address, HostReach.Of(address), Endpoint.From(IPAddress.Parse(source), 5_004)).ShouldBe(may);
    }

    [Fact]
    public void A_party_that_signals_no_address_may_be_anywhere() =>
        HostReach.MayBeSeenAt(default, default, Call.Alice).ShouldBeTrue();
}
