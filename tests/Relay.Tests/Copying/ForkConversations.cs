using System.Globalization;
using RtpProxy.Media.Recording;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Copying;

/// <summary>
/// What a session does with media that is forked into it: the same as with media of its own parties, from the observers on
/// (media rules, section 3.7).
/// </summary>
public sealed class ForkConversations
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Media_forked_into_a_session_is_recorded_there_as_what_its_other_party_sent(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var source = new Call(relay, "source");
        string copy = ForkInto(relay);
        relay.Command($"R {copy} r1 r2").ShouldBe("0");
        relay.Command($"R {copy} r2 r1").ShouldBe("0");

        byte[] fromBob = RtpBytes.Rtp(1, 8);
        byte[] fromAlice = RtpBytes.Rtp(1, 7);
        byte[] reportOfBob = RtpBytes.ReceiverReport();
        relay.Receive(Bob, source.PortForBob, fromBob).Count.ShouldBe(2);
        relay.Receive(Alice, source.PortForAlice, fromAlice).Count.ShouldBe(2);
        relay.Receive(Bob.WithPort(50_001), source.PortForBob + 1, reportOfBob).Count.ShouldBe(2);

        // What the source's caller is sent goes to the target's caller: for the target its callee said it.
        RecordsOf(relay, $"{copy}=r1.a.rtp").ShouldBe([(Bob, relay.WallMicroseconds, Convert.ToHexString(fromBob))]);
        RecordsOf(relay, $"{copy}=r1.o.rtp").ShouldBe([(Alice, relay.WallMicroseconds, Convert.ToHexString(fromAlice))]);
        RecordsOf(relay, $"{copy}=r1.a.rtcp").ShouldBe([(Bob.WithPort(50_001), relay.WallMicroseconds, Convert.ToHexString(reportOfBob))]);
        RecordsOf(relay, $"{copy}=r1.o.rtcp").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Media_forked_into_a_session_is_copied_from_there(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        var source = new Call(relay, "source");
        string copy = ForkInto(relay);
        relay.Command($"C {copy} udp:203.0.113.9:9000 r1 r2").ShouldBe("0");

        relay.Receive(Alice, source.PortForAlice, RtpBytes.Rtp(1)).Select(d => d.To)
            .ShouldBe([At("203.0.113.9", 9000), At("203.0.113.2", 8000), Bob], ignoreOrder: true);
        relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(1)).Count.ShouldBe(2, "the copy is of one party only");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_prompt_of_the_source_is_recorded_where_it_is_forked_to(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions(), workers);
        _ = new Call(relay, "source");
        string copy = ForkInto(relay);
        relay.Command("R source alice bob").ShouldBe("0");
        relay.Command("R source bob alice").ShouldBe("0");
        relay.Command($"R {copy} r2 r1").ShouldBe("0");
        relay.Prompts.Files.Add(("music", 0), new byte[160]);

        relay.Command("P source music 0 alice bob").ShouldBe("0");
        relay.AdvanceSeconds(0.1);

        RecordsOf(relay, $"{copy}=r1.a.rtp").Count.ShouldBe(2, "two packets of ten milliseconds");
        RecordsOf(relay, "source=alice.o.rtp").ShouldBeEmpty("a prompt is not recorded in its own session");
        RecordsOf(relay, "source=alice.a.rtp").ShouldBeEmpty("a prompt is not recorded in its own session");
    }

    [Fact]
    public void Forked_media_follows_a_party_from_behind_a_NAT_to_a_public_host_where_it_only_listens()
    {
        var relay = new VirtualRelay();
        var source = new Call(relay, "source");
        string[] ports = relay.Command("U copy 10.0.0.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000").Split(' ');
        int forListener = int.Parse(ports[^1], CultureInfo.InvariantCulture);
        Endpoint nat = At("203.0.113.5", 1_000);
        for (int sequence = 0; sequence < 100; sequence++)
        {
            relay.Receive(nat, forListener, RtpBytes.Rtp(sequence));
            relay.AdvanceSeconds(0.02);
        }

        relay.Command("U copy 203.0.113.7 7100 r1");
        relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(1, 8)).Select(d => d.To).ShouldBe([nat, Alice], ignoreOrder: true);
        relay.AdvanceSeconds(2.1);

        relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(2, 8)).Select(d => d.To)
            .ShouldBe([At("203.0.113.7", 7_100), Alice], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Forked_media_keeps_the_session_that_carries_it_alive(int workers)
    {
        var relay = new VirtualRelay(new RelayOptions { TtlSeconds = 5 }, workers);
        var source = new Call(relay, "source");
        ForkInto(relay);
        for (int second = 0; second < 20; second++)
        {
            relay.Receive(Bob, source.PortForBob, RtpBytes.Rtp(second)).Count.ShouldBe(2);
            relay.AdvanceSeconds(1);
        }

        relay.Command("D source alice").ShouldBe("0");
        relay.SessionCount.ShouldBe(1, "the end of the source is not the end of what carries its copy");
        relay.AdvanceSeconds(7);
        relay.SessionCount.ShouldBe(0);
    }

    [Fact]
    public void Carrying_and_recording_forked_media_allocates_nothing()
    {
        var relay = new VirtualRelay();
        var source = new Call(relay, "source");
        string copy = ForkInto(relay);
        relay.Command($"R {copy} r1 r2").ShouldBe("0");
        relay.Recordings.Files[$"{copy}=r1.o.rtp"].IsBottomless = true;
        byte[] packet = RtpBytes.Rtp(1);
        (int worker, PortId port) = relay.Ports.Find(source.PortForAlice);
        var sink = new CountingSink();

        Allocations.AssertNone(() => relay.Workers[worker].OnDatagram(
            port, Alice, packet, new Arrival(relay.Now, relay.WallMicroseconds), ref sink));
    }

    /// <summary>
    /// Forks the session "source" into a new one, which another worker owns if there is more than one; returns its call-id.
    /// </summary>
    private static string ForkInto(VirtualRelay relay)
    {
        for (int i = 0; i < 100; i++)
        {
            string callId = $"copy{i}";
            int port = int.Parse(
                relay.Command($"U {callId} 203.0.113.1 7000 r1 r2 && C source alice bob && L 203.0.113.2 8000").Split(' ')[0],
                CultureInfo.InvariantCulture);
            if (relay.Workers.Count == 1 || relay.Workers[relay.Ports.Find(port).Worker].SessionCount == 1)
            {
                return callId;
            }

            relay.Command($"D {callId} r1").ShouldBe("0");
        }

        throw new InvalidOperationException("a hundred calls belong to the same worker");
    }

    private static List<(Endpoint Source, long WallMicroseconds, string Packet)> RecordsOf(VirtualRelay relay, string name)
    {
        using var file = new MemoryStream(relay.Recordings.Files[name].Bytes.ToArray());
        var reader = new RecordingReader(file);
        var records = new List<(Endpoint, long, string)>();
        while (reader.TryRead(out RecordedPacket packet))
        {
            records.Add((packet.Source, (long)Math.Round(packet.ArrivalSeconds * 1e6), Convert.ToHexString(packet.Bytes)));
        }

        return records;
    }
}
