using System.Net;
using System.Net.NetworkInformation;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Addresses;

/// <summary>What the machine knows of itself, against what the base library tells of its interfaces.</summary>
public sealed class HostAddressesTests
{
    private readonly HostAddresses _addresses = new([new LocalAddress(IPAddress.Any)], []);

    [Fact]
    public void All_addresses_of_all_interfaces_are_ours()
    {
        foreach (NetworkInterface each in NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (UnicastIPAddressInformation address in each.GetIPProperties().UnicastAddresses)
            {
                _addresses.Current.IsOurs(Endpoint.From(address.Address, 4000)).ShouldBeTrue(address.Address.ToString());
            }
        }

        _addresses.Current.IsOurs(Endpoint.From(IPAddress.Parse("127.3.2.1"), 4000)).ShouldBeTrue();
        _addresses.Current.IsOurs(Endpoint.From(IPAddress.Parse("::ffff:127.0.0.1"), 4000)).ShouldBeTrue();
        _addresses.Current.IsOurs(Endpoint.From(IPAddress.Parse("203.0.113.99"), 4000)).ShouldBeFalse();
    }

    [Fact]
    public void Reading_them_again_replaces_nothing_that_is_the_same()
    {
        OwnAddresses before = _addresses.Current;

        _addresses.Refresh();

        _addresses.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public void Protected_sockets_are_nobodys_address_from_then_on()
    {
        Endpoint socket = Endpoint.From(IPAddress.Loopback, 5060);
        Endpoint local = Endpoint.From(IPAddress.Loopback, 0);
        _addresses.Current.Judge(socket, local).ShouldBe(AddressBelief.Believed);

        _addresses.Protect([new IPEndPoint(IPAddress.Any, 5060)]);

        _addresses.Current.Judge(socket, local).ShouldBe(AddressBelief.OwnSocket);
    }

    [Fact]
    public void Addresses_that_are_routed_here_stay_ours_as_long_as_they_are()
    {
        Endpoint first = Endpoint.From(IPAddress.Parse("198.51.100.7"), 0);
        Endpoint second = Endpoint.From(IPAddress.Parse("2001:db8::7"), 0);
        List<IPAddress> routed = [first.ToIPAddress(), second.ToIPAddress()];
        var addresses = new HostAddresses(
            [new LocalAddress(IPAddress.Any)], [], remote => routed.Contains(remote) ? remote : IPAddress.Loopback);
        addresses.Look(first.WithPort(4000));
        addresses.Look(second.WithPort(4000));
        OwnAddresses before = addresses.Current;

        for (int i = 0; i < 3; i++)
        {
            addresses.Refresh();
            addresses.Current.ShouldBeSameAs(before);
            before.IsOurs(first).ShouldBeTrue();
            before.IsOurs(second).ShouldBeTrue();
        }

        routed.Remove(first.ToIPAddress());
        addresses.Refresh();
        addresses.Current.IsOurs(first).ShouldBeFalse();
        addresses.Current.IsOurs(second).ShouldBeTrue();
    }

    [Fact]
    public void Looking_at_a_strangers_address_changes_nothing()
    {
        OwnAddresses before = _addresses.Current;

        _addresses.Look(Endpoint.From(IPAddress.Parse("203.0.113.99"), 4000));
        _addresses.Look(Endpoint.From(IPAddress.Parse("2001:db8::99"), 4000));

        _addresses.Current.ShouldBeSameAs(before);
    }
}
