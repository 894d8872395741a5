using System.Net;
using RtpProxy.Io.Net.Hep;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Hep;

namespace RtpProxy.Io.Tests.Hep;

public sealed class HepPacketTests
{
    private const long Noon = 1_795_176_000_123_456;

    [Fact]
    public void A_packet_is_byte_for_byte_what_the_original_sends_but_for_the_capture_id()
    {
        byte[] packet = HepPacket.TryMake(Header("192.0.2.1", "10.0.0.9", "id"), captureId: 101, "{}"u8)!;

        Convert.ToHexString(packet).ShouldBe(
            "4845503300" + "6D"
            + "00000001" + "000702" + "00000002" + "000711" + "00000007" + "00081388" + "00000008" + "00089C41"
            + "00000009" + "000A6B003640" + "0000000A" + "000A0001E240" + "0000000B" + "000705" + "0000000C" + "000A00000065"
            + "00000011" + "00086964" + "00000003" + "000AC0000201" + "00000004" + "000A0A000009" + "0000000F" + "00087B7D");
    }

    [Theory]
    [InlineData("192.0.2.1", "10.0.0.9", 2)]
    [InlineData("2001:db8::1", "2001:db8::9", 10)]
    public void Whoever_knows_the_protocol_reads_it(string source, string destination, int family)
    {
        HepMessage read = HepMessage.Parse(HepPacket.TryMake(Header(source, destination, "a b\u00e9"), uint.MaxValue, "text"u8)!);

        read.Family.ShouldBe(family);
        read.Protocol.ShouldBe(17);
        read.Source.ShouldBe(new IPEndPoint(IPAddress.Parse(source), 5000));
        read.Destination.ShouldBe(new IPEndPoint(IPAddress.Parse(destination), 40_001));
        read.At.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(Noon / 1000).AddMicroseconds(Noon % 1000));
        read.PayloadType.ShouldBe(5);
        read.CaptureId.ShouldBe(uint.MaxValue);
        read.CallId.ShouldBe("a b\u00e9");
        read.Text.ShouldBe("text");
        read.Order.ShouldBe(family == 2 ? [1, 2, 7, 8, 9, 10, 11, 12, 17, 3, 4, 15] : [1, 2, 7, 8, 9, 10, 11, 12, 17, 5, 6, 15]);
    }

    [Fact]
    public void What_is_not_known_is_left_empty()
    {
        var header = new HepHeader(HepPayload.Log, default, default, Noon, "");

        HepMessage read = HepMessage.Parse(HepPacket.TryMake(header, 0, default)!);

        read.Source.ShouldBe(new IPEndPoint(IPAddress.Any, 0));
        read.Destination.ShouldBe(new IPEndPoint(IPAddress.Any, 0));
        (read.CallId, read.Text, read.PayloadType).ShouldBe(("", "", 100));
    }

    [Fact]
    public void What_is_too_long_for_a_packet_is_none()
    {
        HepHeader header = Header("192.0.2.1", "10.0.0.9", "id");
        int room = ushort.MaxValue - HepPacket.TryMake(header, 1, default)!.Length;

        HepPacket.TryMake(header, 1, new byte[room])!.Length.ShouldBe(ushort.MaxValue);
        HepPacket.TryMake(header, 1, new byte[room + 1]).ShouldBeNull();
    }

    private static HepHeader Header(string source, string destination, string callId) => new(
        HepPayload.RtcpJson,
        Endpoint.From(IPAddress.Parse(source), 5000),
        Endpoint.From(IPAddress.Parse(destination), 40_001),
        Noon,
        callId);
}
