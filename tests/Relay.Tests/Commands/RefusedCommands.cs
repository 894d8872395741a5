using System.Net;
using System.Text;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Commands;

/// <summary>A command that is answered with an error, or a sub-command with -1, has changed nothing.</summary>
public sealed class RefusedCommands
{
    private static readonly IPAddress NotOurs = IPAddress.Parse("2001:db8::55");
    private static readonly byte[] Cookie = Enumerable.Repeat((byte)'k', DatagramCommand.MaxCookieLength).ToArray();

    [Theory]
    [InlineData("U6l[2001:db8::55] other ::1 4000 f", "E72")]
    [InlineData("U6nl[2001:db8::55] call ::1 4000 f", "E71")]
    [InlineData("U6l[2001:db8::55] call ::1 4000 t f", "E71")]
    [InlineData("L6l[2001:db8::55] call ::1 4000 f t", "E71")]
    [InlineData("L6l[2001:db8::55] nocall ::1 4000 f t", "0")]
    [InlineData("U6l[2001:db8::55]x other ::1 4000 f", "E35")]
    [InlineData("U6l[2001:db8::55] other 192.0.2.1 4000 f", "E37")]
    [InlineData("U6l[2001:db8::55] other ::1 4000 f t sock tag", "E75")]
    [InlineData("U6l[2001:db8::55] other ::1 4000 f && S ttl=0", "E3")]
    public void An_address_that_is_not_ours_is_not_remembered(string command, string reply)
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(
                new LocalAddress(IPAddress.Loopback), new LocalAddress(IPAddress.IPv6Loopback)),
        });
        relay.Ports.Unusable.Add(NotOurs);
        relay.Command("U call 192.0.2.10 4000 f").ShouldEndWith(" 127.0.0.1");

        relay.Command(command).ShouldBe(reply);

        relay.Command("U6 plain ::1 4000 f").ShouldEndWith(" ::1 6");
        relay.Command("U plain4 192.0.2.1 4000 f").ShouldEndWith(" 127.0.0.1");
        relay.Command("L call 192.0.2.20 5000 f t").ShouldEndWith(" 127.0.0.1");
    }

    [Fact]
    public void An_address_that_could_be_bound_is_the_newest_from_then_on()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Loopback)),
        });
        relay.Command("U6 call ::1 4000 f").ShouldBe("E36");
        relay.Command("U6l[::1] call ::1 4000 f").ShouldEndWith(" ::1 6");

        relay.Command("U6 another ::1 4000 f").ShouldEndWith(" ::1 6");
    }

    [Theory]
    [InlineData("L call 198.51.100.20 50000 f t")]
    [InlineData("Lwn call 198.51.100.20 50000 f t")]
    [InlineData("U call 198.51.100.20 50000 t f")]
    [InlineData("Unw call 203.0.113.7 7000 f")]
    [InlineData("U call 203.0.113.7 7000 f")]
    [InlineData("U call 203.0.113.7 7000 f t && S ttl=5")]
    [InlineData("U new 203.0.113.7 7000 f")]
    [InlineData("U new 203.0.113.7 7000 f t && L 203.0.113.7 7002")]
    public void A_reply_that_has_no_room_behind_its_cookie_changes_nothing(string command)
    {
        VirtualRelay relay = LongNamed();
        int port = relay.Port("U call 192.0.2.10 40000 f");
        relay.AdvanceSeconds(10);
        int told = relay.Events.Lines.Count;

        Reply(relay, command).ShouldBe("E86");

        relay.Command("Q call f").ShouldStartWith("50 ", customMessage: "the timer was not restarted");
        relay.Command("G nsess_created nsess_complete").ShouldBe("1 0");
        relay.Ports.OpenPairs.ShouldBe(1);
        relay.Events.Lines.Skip(told).ShouldBeEmpty();
        relay.Port("U call 192.0.2.10 40000 f").ShouldBe(port);
        relay.Command("D call f");
        relay.SessionCount.ShouldBe(0, "no weak flag was set");
    }

    [Fact]
    public void A_session_that_is_recorded_from_its_creation_is_not_made_for_a_reply_without_room()
    {
        VirtualRelay relay = LongNamed(new RelayOptions { RecordAll = true });

        Reply(relay, "U call 192.0.2.10 40000 f").ShouldBe("E86");

        relay.Recordings.Files.ShouldBeEmpty();
        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void A_lookup_whose_result_has_no_room_fails_and_opens_nothing()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Parse("192.0.2.1"))),
        });
        byte[] cookie = Cookie[..^10];
        string reply = Reply(relay, "U call 192.0.2.10 40000 f t && L 198.51.100.20 50000", cookie);

        reply.ShouldEndWith(" 192.0.2.1 && -1");
        relay.Ports.OpenPairs.ShouldBe(1);
        relay.Command("G nsess_complete").ShouldBe("0");
    }

    [Fact]
    public void A_lookup_whose_advertised_address_is_longer_than_a_result_may_be_opens_nothing()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(
                new LocalAddress(IPAddress.Loopback),
                new LocalAddress(IPAddress.Parse("127.0.0.2"), new string('a', 600), "long")),
        });

        relay.Command("U call 192.0.2.10 40000 f t && Ll{long} 198.51.100.20 50000").ShouldEndWith(" 127.0.0.1 && -1");
        relay.Ports.OpenPairs.ShouldBe(1);
    }

    [Fact]
    public void A_query_whose_result_has_no_room_deletes_nothing()
    {
        var relay = new VirtualRelay();
        _ = new Call(relay);

        Reply(relay, "Qv call alice bob && D").ShouldBe("E26");
        Reply(relay, "Q call alice bob ttl ttl ttl ttl ttl ttl && D", Cookie).ShouldBe("E26");

        relay.SessionCount.ShouldBe(1);
    }

    [Fact]
    public void A_copy_whose_port_cannot_be_told_is_not_made()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        relay.Ports.LongRoute = true;
        int pairs = relay.Ports.OpenPairs;

        Reply(relay, "Cp call udp:203.0.113.77:9000 alice bob").ShouldBe("E65");

        relay.Ports.OpenPairs.ShouldBe(pairs);
        relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1)).ShouldHaveSingleItem();
        relay.Command("N call alice").ShouldBe("E50");
    }

    [Fact]
    public void A_TOS_that_the_system_refuses_is_not_kept()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        relay.Ports.RefusesTos = true;

        relay.Command("U call 192.0.2.10 40000 alice && S tos=8").ShouldBe($"{call.PortForBob} && -1");
        relay.Command("Q call alice && Sr tos=16").ShouldEndWith(" && -1");

        relay.Ports.RefusesTos = false;
        int moved = relay.Port("Un call 192.0.2.10 40000 alice");
        TosOf(relay, moved).ShouldBe((byte)0xB8);
        TosOf(relay, relay.Port("Ln call 198.51.100.20 50000 alice bob")).ShouldBe((byte)0xB8);
    }

    [Fact]
    public void A_TOS_that_only_one_of_two_sockets_takes_is_taken_back()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        relay.Ports.RefusesTosOfRtcp = true;

        relay.Command("U call 192.0.2.10 40000 alice && Sr tos=8").ShouldEndWith(" && -1");

        TosOf(relay, call.PortForBob).ShouldBe((byte)0xB8);
        TosOf(relay, call.PortForBob + 1).ShouldBe((byte)0xB8);
    }

    private static byte? TosOf(VirtualRelay relay, int port)
    {
        (int worker, var id) = relay.Ports.Find(port);
        return relay.Ports.SocketOf(worker, id).Tos;
    }

    /// <summary>A relay whose replies show an address of 39 characters.</summary>
    private static VirtualRelay LongNamed(RelayOptions? options = null) => new(new VirtualRelayOptions
    {
        Relay = options ?? new RelayOptions(),
        Addresses = new VirtualAddressBook(
            new LocalAddress(IPAddress.Parse("192.0.2.1"), "a-name-of-more-than-twenty-one-letters.test")),
    });

    private static string Reply(VirtualRelay relay, string command, byte[]? cookie = null)
    {
        string reply = Encoding.Latin1.GetString(relay.Execute(Encoding.Latin1.GetBytes(command), cookie ?? Cookie).Span);
        return reply[((cookie ?? Cookie).Length + 1)..^1];
    }
}
