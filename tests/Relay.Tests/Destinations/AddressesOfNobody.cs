using System.Net;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Destinations;

/// <summary>Addresses that no party on another machine can have.</summary>
public sealed class AddressesOfNobody
{
    [Theory]
    [InlineData("192.0.2.1", "127.0.0.1", "Loopback")]
    [InlineData("192.0.2.1", "127.255.0.9", "Loopback")]
    [InlineData("192.0.2.1", "::1", "Loopback")]
    [InlineData("192.0.2.1", "::ffff:127.0.0.1", "Loopback")]
    [InlineData("192.0.2.1", "169.254.1.1", "LinkLocal")]
    [InlineData("0.0.0.0", "169.254.1.1", "LinkLocal")]
    [InlineData("0.0.0.0", "fe80::1", "LinkLocal")]
    [InlineData("0.0.0.0", "224.0.0.1", "Multicast")]
    [InlineData("0.0.0.0", "239.255.255.250", "Multicast")]
    [InlineData("0.0.0.0", "ff02::1", "Multicast")]
    [InlineData("0.0.0.0", "255.255.255.255", "Broadcast")]
    [InlineData("0.0.0.0", "192.0.2.255", "Broadcast")]
    [InlineData("0.0.0.0", "0.0.0.1", "ThisNetwork")]
    public void Are_answered_and_not_believed(string media, string address, string why)
    {
        VirtualRelay relay = Machine.Relay(media);
        string six = address.Contains(':', StringComparison.Ordinal) ? "6" : "";
        int portForBob = relay.Port($"U{six} call {address} 4000 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).ShouldBeEmpty();
        relay.Receive(Bob.WithPort(50_001), portForBob + 1, RtpBytes.ReceiverReport()).ShouldBeEmpty();

        relay.Events.Lines.Count(line => line.EndsWith($"Rtp not believed {At(address, 4000)}: {why}", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Theory]
    [InlineData("192.0.2.1", "127.0.0.1", "127.0.0.0/8")]
    [InlineData("0.0.0.0", "169.254.1.1", "169.254.0.0/16")]
    [InlineData("0.0.0.0", "fe80::1", "fe80::/10")]
    [InlineData("0.0.0.0", "239.1.1.1", "239.0.0.0/8")]
    [InlineData("0.0.0.0", "192.0.2.255", "192.0.2.255")]
    public void Are_believed_where_an_option_allows_them(string media, string address, string block)
    {
        VirtualRelay relay = Machine.Relay(media, allowed: ["10.0.0.0/8", block]);
        string six = address.Contains(':', StringComparison.Ordinal) ? "6" : "";
        int portForBob = relay.Port($"U{six} call {address} 4000 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At(address, 4000));
    }

    [Fact]
    public void Are_not_believed_when_they_are_heard_either()
    {
        VirtualRelay relay = Machine.Relay("192.0.2.1");
        var call = new Call(relay);

        call.FromAlice(At("127.0.0.1", 4000), RtpBytes.Rtp(1)).ShouldBeNull();
        call.FromAlice(At("224.0.0.5", 4000), RtpBytes.Rtp(1)).ShouldBeNull();

        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Theory]
    [InlineData("fe80::2", "2001:db8::1", AddressBelief.LinkLocal)]
    [InlineData("fe80::2%3", "2001:db8::1", AddressBelief.Believed)]
    [InlineData("fe80::2", "fe80::1%3", AddressBelief.Believed)]
    [InlineData("169.254.0.2", "192.0.2.1", AddressBelief.LinkLocal)]
    [InlineData("169.254.0.2", "169.254.0.1", AddressBelief.Believed)]
    [InlineData("169.254.0.2", "0.0.0.0", AddressBelief.Believed, "169.254.0.1")]
    [InlineData("169.254.0.2", "0.0.0.0", AddressBelief.LinkLocal)]
    public void Link_local_ones_are_believed_where_the_link_is_known(
        string remote, string port, AddressBelief belief, string host = "192.0.2.1")
    {
        var own = new OwnAddresses([At(host, 0)], [], [new LocalAddress(IPAddress.Any)], [], []);

        own.Judge(At(remote, 4_000), At(port, 5_000)).ShouldBe(belief);
    }

    [Fact]
    public void Told_is_every_address_once_and_at_most_ten_of_a_stream()
    {
        VirtualRelay relay = Machine.Relay("192.0.2.1");
        var call = new Call(relay);
        for (int port = 5_000; port < 5_050; port++)
        {
            call.FromAlice(At("127.0.0.1", port), RtpBytes.Rtp(port));
            call.FromAlice(At("127.0.0.1", port), RtpBytes.Rtp(port));
            relay.Events.Lines.Count(line => line.Contains("not believed", StringComparison.Ordinal)).ShouldBe(Math.Min(port - 4_999, 10));
        }

        relay.Events.Lines.Count(line => line.Contains("not believed", StringComparison.Ordinal)).ShouldBe(10);
        relay.Workers[0].Statistics.Dropped(DropReason.UnknownSource).ShouldBe(100UL);
    }

    [Fact]
    public void Loopback_is_a_partys_address_where_our_port_is_on_loopback()
    {
        VirtualRelay relay = Machine.Relay("127.0.0.1");
        int portForBob = relay.Port("U call 127.0.0.1 4000 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("127.0.0.1", 4000));
    }

    [Fact]
    public void On_all_addresses_two_parties_on_this_machine_hear_each_other_from_the_first_packet_on()
    {
        VirtualRelay relay = Machine.Relay();
        int portForBob = relay.Port("U call 127.0.0.1 4000 alice");
        relay.Port("L call 127.0.0.1 5000 alice bob");

        relay.Receive(At("127.0.0.1", 5000), portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("127.0.0.1", 4000));
    }

    [Fact]
    public void On_all_addresses_another_machine_does_not_reach_a_program_of_this_one_that_has_not_spoken()
    {
        VirtualRelay relay = Machine.Relay();
        Endpoint program = At("127.0.0.1", 53);
        int portForBob = relay.Port("U call 127.0.0.1 53 alice");
        int portForAlice = relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).ShouldBeEmpty();
        relay.Events.Lines.ShouldContain(line => line.Contains("OnlyFromLoopback", StringComparison.Ordinal));

        relay.Receive(program, portForAlice, RtpBytes.Rtp(1)).Single().To.ShouldBe(Bob);
        relay.Receive(Bob, portForBob, RtpBytes.Rtp(2)).Single().To.ShouldBe(program, "it has spoken");
    }

    [Fact]
    public void A_prompt_reaches_a_party_on_this_machine_that_has_not_spoken()
    {
        VirtualRelay relay = Machine.Relay();
        relay.Prompts.Files[("music", 0)] = new byte[8000];
        relay.Port("U call 127.0.0.1 4000 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Command("P call music 0 bob alice").ShouldBe("0");
        relay.Command("P call music 0 alice bob").ShouldBe("0");

        relay.AdvanceSeconds(0.1).ShouldContain(sent => sent.To == At("127.0.0.1", 4000));
    }

    [Fact]
    public void Hold_is_still_hold()
    {
        VirtualRelay relay = Machine.Relay("192.0.2.1");
        var call = new Call(relay);

        relay.Port("U call 0.0.0.0 40000 alice");

        call.BobSpeaks(1).ShouldBe(Alice);
        relay.Events.Lines.ShouldNotContain(line => line.Contains("not believed", StringComparison.Ordinal));
    }
}
