using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>Prompts, recordings, copies, re-packetisation and forks on one session, on any number of workers.</summary>
public sealed class EverythingAtOnce
{
    private static readonly string[] Commands =
    [
        "P-1 {0} music 0 alice bob",
        "R {0} alice bob",
        "C {0} udp:203.0.113.77:9000 bob alice",
        "U {0}-copy 203.0.113.1 7000 r1 r2 && C {0} alice bob && L 203.0.113.2 8000",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_gets_in_the_way_of_anything_else(int workers)
    {
        var relay = NewRelay(workers);
        foreach (string callId in (string[])["a", "b", "c", "d", "e"])
        {
            var call = new Call(relay, callId, "z40");
            Run(relay, callId, Commands.Length);

            relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(0)).ShouldBeEmpty("half a packet");
            relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(1)).Select(d => d.To)
                .ShouldBe([Bob, At("203.0.113.2", 8000)], ignoreOrder: true);
            relay.Receive(Bob, call.PortForBob, RtpBytes.Rtp(0)).ShouldBeEmpty();
            relay.Receive(Bob, call.PortForBob, RtpBytes.Rtp(1)).ShouldBeEmpty("Alice hears music");
            relay.Advance(TimeSpan.Zero).Select(d => d.To).ShouldBe([Alice, At("203.0.113.1", 7000)], ignoreOrder: true);
            relay.Command($"S {callId} alice bob").ShouldBe("0");
            relay.Receive(Bob, call.PortForBob, RtpBytes.Rtp(2)).ShouldBeEmpty();
            relay.Receive(Bob, call.PortForBob, RtpBytes.Rtp(3)).Select(d => d.To)
                .ShouldBe([At("203.0.113.77", 9000), At("203.0.113.1", 7000), Alice], ignoreOrder: true);
            relay.Recordings.Files[$"{callId}=alice.o.rtp"].Length.ShouldBe(30 + 12 + 320);
        }

        relay.Command("G nplrs_created nplrs_destroyed npkts_played npkts_resizer_in npkts_resizer_out npkts_resizer_discard")
            .ShouldBe("5 5 5 30 10 0");
        relay.Command("X").ShouldBe("0");
        ShouldBeEmpty(relay);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_may_be_deleted_after_any_of_its_commands(int workers)
    {
        for (int count = 0; count <= Commands.Length; count++)
        {
            var relay = NewRelay(workers);
            var call = new Call(relay, "call", "z40");
            Run(relay, "call", count);
            relay.Receive(Alice, call.PortForAlice, RtpBytes.Rtp(0));
            relay.Advance(TimeSpan.FromMilliseconds(15));

            relay.Command("D call alice").ShouldBe("0");

            relay.Advance(TimeSpan.FromSeconds(2)).ShouldBeEmpty();
            relay.Command("X").ShouldBe("0");
            ShouldBeEmpty(relay);
        }
    }

    [Fact]
    public void Doing_it_all_allocates_nothing()
    {
        var relay = NewRelay(1);
        var call = new Call(relay, "call", "z40");
        Run(relay, "call", Commands.Length);
        foreach (VirtualRecording file in relay.Recordings.Files.Values)
        {
            file.IsBottomless = true;
        }

        (int worker, var alice) = relay.Ports.Find(call.PortForAlice);
        (_, var bob) = relay.Ports.Find(call.PortForBob);
        byte[] packet = RtpBytes.Rtp(1);
        var sink = new CountingSink();
        uint number = 0;

        Allocations.AssertNone(() =>
        {
            number++;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), number * 160);
            var arrival = new Arrival(relay.Now + TimeSpan.FromMilliseconds(20 * number), relay.WallMicroseconds);
            relay.Workers[worker].OnDatagram(alice, Alice, packet, arrival, ref sink);
            relay.Workers[worker].OnDatagram(bob, Bob, packet, arrival, ref sink);
            relay.Workers[worker].OnDeadline(arrival, ref sink);
        });

        sink.Sent.ShouldBeGreaterThan(20_000);
    }

    private static VirtualRelay NewRelay(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        relay.Prompts.Files[("music", 0)] = new byte[8000];
        return relay;
    }

    private static void Run(VirtualRelay relay, string callId, int count)
    {
        foreach (string command in Commands.Take(count))
        {
            string reply = relay.Command(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, callId));
            reply.ShouldNotStartWith("E");
            reply.ShouldNotContain("-1");
        }
    }

    private static void ShouldBeEmpty(VirtualRelay relay)
    {
        relay.SessionCount.ShouldBe(0);
        relay.Ports.OpenPairs.ShouldBe(0);
        relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed);
        string[] players = relay.Command("G nplrs_created nplrs_destroyed").Split(' ');
        players[0].ShouldBe(players[1]);
    }
}
