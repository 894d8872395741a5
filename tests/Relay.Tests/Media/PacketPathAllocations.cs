using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Tests.Calls;
using RtpProxy.Rtp;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Media;

/// <summary>The promise of the packet path: nothing is allocated to relay a packet.</summary>
public sealed class PacketPathAllocations
{
    [Fact]
    public void Relaying_a_packet_allocates_nothing()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay);
        (int worker, PortId rtp) = relay.Ports.Find(call.PortForAlice);
        (_, PortId rtcp) = relay.Ports.Find(call.PortForAlice + 1);
        byte[] packet = RtpBytes.Rtp(1);
        byte[] report = RtpBytes.ReceiverReport();
        byte[] strange = RtpBytes.Rtp(1, ssrc: 666);
        var sink = new CountingSink();
        ushort sequence = 0;

        Allocations.AssertNone(() =>
        {
            var arrival = new Arrival(relay.Now + TimeSpan.FromMilliseconds(20 * ++sequence));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
            relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            relay.Workers[worker].OnDatagram(rtp, Mallory, strange, arrival, ref sink);
            RtpBytes.Vary(report);
            relay.Workers[worker].OnDatagram(rtcp, Alice.WithPort(40_001), report, arrival, ref sink);
        });

        sink.Sent.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Nor_does_sending_it_to_a_subscriber_too()
    {
        var relay = new VirtualRelay();
        var call = new WholeCall(relay);
        call.Offer("a", null, ListeningParty.Told(WholeCall.Audio(Alice)));
        int forAlice = call.Answer("a", "b", ListeningParty.Told(WholeCall.Audio(Bob))).Port();
        new ListeningParty(relay).HearBoth();
        (int worker, PortId rtp) = relay.Ports.Find(forAlice);
        byte[] packet = RtpBytes.Rtp(1);
        var sink = new CountingSink();
        ushort sequence = 0;
        int packets = 0;

        Allocations.AssertNone(() =>
        {
            var arrival = new Arrival(relay.Now + TimeSpan.FromMilliseconds(20 * ++sequence));
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
            relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            packets++;
        });

        sink.Sent.ShouldBe(2 * packets);
    }

    [Fact]
    public void Nor_does_sending_a_digit_in_the_name_of_a_party_that_speaks()
    {
        var relay = new VirtualRelay();
        var call = new WholeCall(relay);
        (int forBob, int forAlice) = call.SetUp();
        call.Send(Alice, forAlice, 1);
        for (int i = 0; i < 32; i++)
        {
            relay.Ask(relay.Operations.Dial("call", new PartyChoice("a"), new DialledDigit(5, 10, 5_000, 100))).Refusal.ShouldBe(Refusal.None);
        }

        (int worker, PortId rtp) = relay.Ports.Find(forAlice);
        (_, PortId other) = relay.Ports.Find(forBob);
        byte[] packet = RtpBytes.Rtp(1, ssrc: Alice.Port);
        byte[] packetOfBob = RtpBytes.Rtp(1, ssrc: Bob.Port);
        var sink = new CountingSink();
        ushort sequence = 1;

        Allocations.AssertNone(() =>
        {
            var arrival = new Arrival(relay.Now + TimeSpan.FromMilliseconds(20 * ++sequence));
            RtpBytes.GoOn(packet);
            relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            RtpBytes.GoOn(packetOfBob);
            relay.Workers[worker].OnDatagram(other, Bob, packetOfBob, arrival, ref sink);
            relay.Workers[worker].OnDeadline(arrival, ref sink);
        });

        sink.Sent.ShouldBeInRange(10_000, 10_030, "to each party one in 20 ms, or two where a digit begins");
    }

    [Fact]
    public void Nor_does_the_first_packet_that_a_worker_ever_sees()
    {
        for (int i = 0; i < 3; i++) // whatever the runtime sets up once is set up after the first
        {
            var relay = new VirtualRelay();
            var call = new Call(relay);
            (int worker, PortId rtp) = relay.Ports.Find(call.PortForAlice);
            byte[] packet = RtpBytes.Rtp(1);
            var sink = new CountingSink();
            var arrival = new Arrival(relay.Now);

            long before = GC.GetAllocatedBytesForCurrentThread();
            relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            (i == 0 ? 0 : allocated).ShouldBeLessThan(100_000, "lines of the events, which a test keeps, and no tables");
        }
    }

    private struct CountingSink : IPacketSink
    {
        public int Sent { get; private set; }

        public SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
        {
            Sent++;
            return SendOutcome.Sent;
        }
    }
}
