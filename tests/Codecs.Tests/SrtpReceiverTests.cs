using RtpProxy.Codecs.Srtp;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Codecs.Tests;

public sealed class SrtpReceiverTests : IDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, SrtpKey.Length).Select(i => (byte)(i * 7))];

    private readonly SrtpProtector _sender = new(Key, tagLength: 10);
    private readonly SrtpReceiver _receiver = new(new SrtpKey(SrtpSuite.AesCm128HmacSha1Tag80, Key));

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Theory]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag80, 10)]
    [InlineData(SrtpSuite.AesCm128HmacSha1Tag32, 4)]
    public void What_was_encrypted_by_the_rules_of_RFC_3711_is_decrypted(SrtpSuite suite, int tagLength)
    {
        using SrtpProtector sender = new(Key, tagLength);
        using SrtpReceiver receiver = new(new SrtpKey(suite, Key));
        for (ushort sequence = 65_500; sequence != 300; sequence++)
        {
            byte[] packet = Packet(sequence);
            byte[] encrypted = sender.Protect(packet, sequence < 1_000 ? 1u : 0u);
            encrypted.Length.ShouldBe(packet.Length + tagLength);
            encrypted.AsSpan(12, 20).SequenceEqual(packet.AsSpan(12, 20)).ShouldBeFalse();

            receiver.TryUnprotect(encrypted, out int length).ShouldBeTrue($"sequence {sequence}");
            encrypted.AsSpan(0, length).SequenceEqual(packet).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_packet_that_came_before_is_refused()
    {
        byte[] encrypted = _sender.Protect(Packet(5));
        _receiver.TryUnprotect([.. encrypted], out _).ShouldBeTrue();
        _receiver.TryUnprotect([.. encrypted], out _).ShouldBeFalse();
    }

    [Fact]
    public void A_packet_far_behind_the_newest_is_refused()
    {
        _receiver.TryUnprotect(_sender.Protect(Packet(1_000)), out _).ShouldBeTrue();
        _receiver.TryUnprotect(_sender.Protect(Packet(1_000 - 127)), out _).ShouldBeTrue();
        _receiver.TryUnprotect(_sender.Protect(Packet(1_000 - 129)), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_changed_bit_is_noticed()
    {
        byte[] encrypted = _sender.Protect(Packet(5));
        for (int bit = 12 * 8; bit < encrypted.Length * 8; bit++)
        {
            byte[] changed = [.. encrypted];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            _receiver.TryUnprotect(changed, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_packet_of_another_source_is_refused()
    {
        _receiver.TryUnprotect(_sender.Protect(Packet(5)), out _).ShouldBeTrue();
        _receiver.TryUnprotect(_sender.Protect(Packet(6, ssrc: 99)), out _).ShouldBeFalse();
    }

    [Fact]
    public void No_bytes_make_it_fail()
    {
        Random random = new(5);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && i % 2 == 0)
            {
                bytes[0] = (byte)(0x80 | (bytes[0] & 0x3f));
            }

            _receiver.TryUnprotect(bytes, out _).ShouldBeFalse();
        }
    }

    private static byte[] Packet(ushort sequence, byte ssrc = 7)
    {
        byte[] packet = new byte[172];
        packet[0] = 0x80;
        packet[2] = (byte)(sequence >> 8);
        packet[3] = (byte)sequence;
        packet[11] = ssrc;
        packet.AsSpan(12).Fill((byte)sequence);
        return packet;
    }
}
