using RtpProxy.Relay.Ports;
using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Digits;

/// <summary>Listening allocates nothing; only a digit that is told does.</summary>
public sealed class DigitAllocations
{
    [Theory]
    [InlineData("M3:1 d", true)]
    [InlineData("M3:1 d 101 h", false)]
    public void Packets_of_a_party_that_is_listened_to_allocate_nothing(string further, bool isRelayed)
    {
        var call = new DigitCall();
        call.Offer(further).ShouldBeTrue();
        (int worker, PortId rtp) = call.Relay.Ports.Find(call.Call.PortForAlice);
        byte[] audio = RtpBytes.Rtp(0, length: 160);
        byte[] key = RtpBytes.Event(1, 1000, code: 5, duration: 160);
        byte[] other = RtpBytes.Event(1, 1000, code: 5, duration: 160, isEnd: true);
        var sink = new CountingSink();
        int number = 1;

        Allocations.AssertNone(() =>
        {
            var arrival = new Arrival(call.Relay.Now + TimeSpan.FromMilliseconds(20 * number));
            foreach (byte[] packet in (ReadOnlySpan<byte[]>)[audio, key, other])
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number++);
                packet[12] = ReferenceEquals(packet, other) ? (byte)6 : packet[12]; // never the digit that goes on
                call.Relay.Workers[worker].OnDatagram(rtp, Alice, packet, arrival, ref sink);
            }
        });

        call.Told.ShouldBeEmpty();
        sink.Sent.ShouldBeGreaterThan(isRelayed ? 3000 : 1000);
    }

    [Fact]
    public void Nor_do_digits_that_come_too_fast_to_be_told()
    {
        var call = new DigitCall();
        call.Offer("M3:1 d").ShouldBeTrue();
        (int worker, PortId rtp) = call.Relay.Ports.Find(call.Call.PortForAlice);
        byte[] key = RtpBytes.Event(1, 1000, code: 5, duration: 160);
        var sink = new CountingSink();
        uint number = 1;
        Press(300);

        Allocations.AssertNone(() => Press(1));

        call.Told.Count().ShouldBeLessThan(103);

        void Press(int times)
        {
            for (int i = 0; i < 2 * times; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(key.AsSpan(2), (ushort)number);
                System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(key.AsSpan(4), number / 2 * 160);
                key[13] = (byte)(number % 2 == 0 ? 0x0a : 0x8a);
                number++;
                call.Relay.Workers[worker].OnDatagram(rtp, Alice, key, new Arrival(call.Relay.Now), ref sink);
            }
        }
    }
}
