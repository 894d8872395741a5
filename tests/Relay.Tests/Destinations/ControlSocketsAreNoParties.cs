using System.Net;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Destinations;

/// <summary>
/// Whoever names one of our control sockets as a party wants the other party's bytes to be taken for commands. Nothing goes
/// there, whatever names it, and nothing else changes.
/// </summary>
public sealed class ControlSocketsAreNoParties
{
    private const int Port = Machine.ControlPort;

    /// <summary>Media address, control socket, whether the leg is IPv6, the address that a description names.</summary>
    public static TheoryData<string, string, string> Names => new()
    {
        { "127.0.0.1", "127.0.0.1:22222", "127.0.0.1" },
        { "192.0.2.1", "127.0.0.1:22222", "127.0.0.1" },
        { "0.0.0.0", "127.0.0.1:22222", "127.0.0.1" },
        { "0.0.0.0", "0.0.0.0:22222", "127.0.0.1" },
        { "0.0.0.0", "0.0.0.0:22222", "127.1.2.3" },
        { "0.0.0.0", "0.0.0.0:22222", "192.0.2.1" },
        { "0.0.0.0", "192.0.2.1:22222", "192.0.2.1" },
        { "0.0.0.0=203.0.113.1", "0.0.0.0:22222", "203.0.113.1" },
        { "192.0.2.1=203.0.113.1", "127.0.0.1:22222", "203.0.113.1" },
        { "192.0.2.1=203.0.113.1", "192.0.2.1:22222", "203.0.113.1" },
        { "0.0.0.0", "[::]:22222", "2001:db8::1" },
        { "0.0.0.0", "[::1]:22222", "::1" },
        { "0.0.0.0", "127.0.0.1:22222", "::ffff:127.0.0.1" },
        { "0.0.0.0", "0.0.0.0:22222", "::ffff:192.0.2.1" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_description_that_names_one_is_answered_and_not_believed(string media, string socket, string address)
    {
        VirtualRelay relay = Machine.Relay(media, [socket]);
        string six = address.Contains(':', StringComparison.Ordinal) ? "6" : "";
        int portForBob = relay.Port($"U{six} call {address} {Port} alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, "xx X\n"u8.ToArray()).ShouldBeEmpty();
        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).ShouldBeEmpty();

        relay.Events.Lines.Count(line => line.Contains(": OwnSocket", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Nor_is_one_that_is_named_by_an_address_which_only_the_routing_table_knows()
    {
        VirtualRelay relay = Machine.Relay(sockets: ["0.0.0.0:22222"], routed: "198.51.100.77");
        int portForBob = relay.Port("U call 198.51.100.77 22222 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, "xx X\n"u8.ToArray()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("198.51.100.9:22222", AddressBelief.OwnSocket)] // where another socket is bound is ours
    [InlineData("192.0.2.1:5000", AddressBelief.Believed)] // a socket of the other family is bound there
    [InlineData("[2001:db8::1]:5000", AddressBelief.OwnSocket)]
    public void A_wildcard_is_every_address_of_its_family(string named, AddressBelief belief)
    {
        var own = new OwnAddresses(
            [At("192.0.2.1", 0), At("2001:db8::1", 0)], [], [new LocalAddress(IPAddress.Any)],
            [At("198.51.100.9", 1), At("0.0.0.0", 22_222), At("::", 5_000)], []);
        var address = IPEndPoint.Parse(named);

        own.Judge(At(address.Address.ToString(), address.Port), At("0.0.0.0", 4_000)).ShouldBe(belief);
    }

    [Fact]
    public void Nor_is_a_control_socket_in_the_place_of_the_reports()
    {
        VirtualRelay relay = Machine.Relay("0.0.0.0", ["0.0.0.0:22223"]);
        int portForBob = relay.Port("U call 192.0.2.1 22222 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("192.0.2.1", 22_222));
        relay.Receive(Bob.WithPort(50_001), portForBob + 1, "xx X\n"u8.ToArray()).ShouldBeEmpty();
    }

    [Fact]
    public void Nor_where_the_port_for_reports_is_guessed()
    {
        VirtualRelay relay = Machine.Relay("0.0.0.0", ["0.0.0.0:40001"]);
        int portForBob = relay.Port("U call 10.0.0.5 40000 alice");
        int portForAlice = relay.Port("L call 198.51.100.20 50000 alice bob");
        relay.Receive(Bob.WithPort(50_001), portForBob + 1, RtpBytes.ReceiverReport()).Single().To.ShouldBe(At("10.0.0.5", 40_001));
        relay.Receive(At("192.0.2.1", 40_000), portForAlice, RtpBytes.Rtp(1)).Single().To.ShouldBe(Bob);

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("192.0.2.1", 40_000));
        relay.Receive(Bob.WithPort(50_001), portForBob + 1, RtpBytes.ReceiverReport()).ShouldBeEmpty();
    }

    [Fact]
    public void A_control_socket_that_answers_is_not_heard_and_takes_nobodys_place()
    {
        VirtualRelay relay = Machine.Relay();
        var call = new Call(relay);

        call.FromAlice(At("127.0.0.1", Port), "cookie 0\n"u8.ToArray()).ShouldBeNull();

        call.BobSpeaks(1).ShouldBe(Alice);
        call.AliceSpeaks(1).ShouldBe(Bob);
        relay.Workers[0].Statistics.Dropped(DropReason.UnknownSource).ShouldBe(1UL);
    }

    [Fact]
    public void Nor_is_it_heard_on_the_port_for_reports()
    {
        VirtualRelay relay = Machine.Relay();
        var call = Call.BehindNat(relay);

        call.ReportFromAlice(At("127.0.0.1", Port)).ShouldBeNull("a first report may come from anywhere else");

        call.ReportFromAlice(Mallory).ShouldBe(Bob.WithPort(50_001));
    }

    [Fact]
    public void A_party_that_moves_to_one_stays_where_it_was()
    {
        VirtualRelay relay = Machine.Relay();
        var call = new Call(relay);
        call.AliceSpeaks(1);

        relay.Port($"U call 127.0.0.1 {Port} alice");

        call.BobSpeaks(1).ShouldBe(Alice);
    }

    [Fact]
    public void No_option_makes_one_a_party()
    {
        VirtualRelay relay = Machine.Relay(allowed: ["127.0.0.0/8"]);
        int portForBob = relay.Port($"U call 127.0.0.1 {Port} alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).ShouldBeEmpty();
    }

    [Fact]
    public void Copies_do_not_go_to_one()
    {
        VirtualRelay relay = Machine.Relay();
        var call = new Call(relay);

        relay.Command($"C call udp:127.0.0.1:{Port} alice bob").ShouldStartWith("E");

        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1)).Count.ShouldBe(1);
    }

    [Fact]
    public void Copies_of_reports_do_not_either()
    {
        VirtualRelay relay = Machine.Relay();
        _ = new Call(relay);

        relay.Command($"C call udp:127.0.0.1:{Port - 1} alice bob").ShouldStartWith("E");
    }

    [Fact]
    public void Another_program_on_the_same_port_of_another_host_is_a_party_like_others()
    {
        VirtualRelay relay = Machine.Relay("0.0.0.0", ["192.0.2.1:22222"]);
        int portForBob = relay.Port("U call 192.0.2.77 22222 alice");
        relay.Port("L call 198.51.100.20 50000 alice bob");

        relay.Receive(Bob, portForBob, RtpBytes.Rtp(1)).Single().To.ShouldBe(At("192.0.2.77", 22_222));
    }
}
