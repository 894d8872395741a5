using RtpProxy.Relay.Ports;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Recording.RecordedCall;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>Records byte for byte, written by hand from the layouts in the media rules, section 7.5.</summary>
public sealed class GoldenRecords
{
    // Little endian, as on the machines this runs on; magic, 2.4, zone and accuracy 0, 65,535 bytes, Ethernet.
    private const string PcapHeader = "d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000";

    [Fact]
    public void Ad_hoc_IPv4()
    {
        var call = new RecordedCall(new RelayOptions());
        call.Relay.Command("R call alice bob").ShouldBe("0");
        call.Receive(call.AliceRtp, call.PortForAlice, Packet).ShouldBe(1);
        call.Receive(call.AliceRtp.WithPort(40_001), call.PortForAlice + 1, Report).ShouldBe(1);

        call["call=alice.o.rtp"].ShouldBe(Hex(
            "0200 9c40 c000020a 000000000000000000000000 96edbfd433c0da41 0f00 80000001000000a000000007aabbcc"));
        call["call=alice.o.rtcp"].ShouldBe(Hex(
            "0200 9c41 c000020a 000000000000000000000000 96edbfd433c0da41 0800 80c9000100000007"));
    }

    [Fact]
    public void Ad_hoc_IPv6()
    {
        var call = new RecordedCall(new RelayOptions(), "2001:db8::5", "2001:db8::10", "2001:db8::20");
        call.Relay.Command("R call alice bob").ShouldBe("0");
        call.Receive(call.AliceRtp, call.PortForAlice, Packet).ShouldBe(1);

        call["call=alice.o.rtp"].ShouldBe(Hex(
            "0a00 9c40 20010db8000000000000000000000010 96edbfd433c0da41 0f00 80000001000000a000000007aabbcc"));
    }

    [Fact]
    public void Pcap_IPv4_shows_packets_as_received()
    {
        var call = new RecordedCall(new RelayOptions { RecordPcap = true });
        call.PortForAlice.ShouldBe(35_002);
        call.Relay.Command("R call alice bob").ShouldBe("0");
        call.Receive(call.AliceRtp, call.PortForAlice, Packet).ShouldBe(1);
        call.Receive(call.AliceRtp.WithPort(40_001), call.PortForAlice + 1, Report).ShouldBe(1);

        call["call=alice.o.rtp"].ShouldBe(Hex($"""
            {PcapHeader}
            52cf006b dc3d0f00 39000000 39000000
            0000cb007105 0000c000020a 0800
            4500 002b 0000 0000 7f11 3db2 c000020a cb007105
            9c40 88ba 0017 e54f
            80000001000000a000000007aabbcc
            """));
        call["call=alice.o.rtcp"].ShouldBe(Hex($"""
            {PcapHeader}
            52cf006b dc3d0f00 32000000 32000000
            0000cb007105 0000c000020a 0800
            4500 0024 0001 0000 7f11 3db8 c000020a cb007105
            9c41 88bb 0010 5bef
            80c9000100000007
            """));
    }

    [Fact]
    public void Pcap_IPv6()
    {
        var call = new RecordedCall(new RelayOptions { RecordPcap = true }, "2001:db8::5", "2001:db8::10", "2001:db8::20");
        call.Relay.Command("R call alice bob").ShouldBe("0");
        call.Receive(call.AliceRtp, call.PortForAlice, Packet).ShouldBe(1);

        call["call=alice.o.rtp"].ShouldBe(Hex($"""
            {PcapHeader}
            52cf006b dc3d0f00 4d000000 4d000000
            20010dbd0000 20010da80000 86dd
            60000000 0017 11 40 20010db8000000000000000000000010 20010db8000000000000000000000005
            9c40 88ba 0017 87d9
            80000001000000a000000007aabbcc
            """));
    }

    [Fact]
    public void A_single_pcap_shows_RTP_as_received_and_RTCP_as_sent_on()
    {
        var call = new RecordedCall(new RelayOptions { RecordPcap = true });
        call.Relay.Command("Rs call alice bob").ShouldBe("0");
        call.Receive(call.AliceRtp, call.PortForAlice, Packet).ShouldBe(1);
        call.Receive(call.AliceRtp.WithPort(40_001), call.PortForAlice + 1, Report).ShouldBe(1);

        call.Relay.Recordings.Files.Keys.ShouldBe(["call=alice.pcap"]);
        call["call=alice.pcap"].ShouldBe(Hex($"""
            {PcapHeader}
            52cf006b dc3d0f00 39000000 39000000
            0000cb007105 0000c000020a 0800
            4500 002b 0000 0000 7f11 3db2 c000020a cb007105
            9c40 88ba 0017 e54f
            80000001000000a000000007aabbcc
            52cf006b dc3d0f00 32000000 32000000
            0000c6336414 0000cb007105 0800
            4500 0024 0001 0000 7f11 d57a cb007105 c6336414
            88b9 c351 0010 cca3
            80c9000100000007
            """));
    }

    [Fact]
    public void RTCP_sent_on_to_nobody_shows_zeros()
    {
        var call = new RecordedCall(new RelayOptions { RecordPcap = true });
        call.Relay.Port("U other x 0 carol");
        int forCarol = call.Relay.Port("L other x 0 carol dave");
        call.Relay.Command("Rs other carol").ShouldBe("0");
        call.Receive(call.AliceRtp.WithPort(40_001), forCarol + 1, Report).ShouldBe(0);

        byte[] record = call["other=carol.pcap"][24..];
        record[42..46].ShouldBe([203, 0, 113, 5], "from our address of Dave's leg");
        record[46..50].ShouldBe([0, 0, 0, 0]);
        record[52..54].ShouldBe([0, 0]);
    }

    [Fact]
    public void On_a_wildcard_address_records_show_the_address_that_was_used()
    {
        var call = new RecordedCall(new RelayOptions { RecordPcap = true }, "0.0.0.0");
        call.Relay.Command("Rs call alice bob").ShouldBe("0");
        (int worker, PortId rtp) = call.Relay.Ports.Find(call.PortForAlice);
        (_, PortId rtcp) = call.Relay.Ports.Find(call.PortForAlice + 1);
        var sink = new CountingSink();
        var arrival = new Arrival(call.Relay.Now, WallMicroseconds, Call.At("203.0.113.5", 0));

        call.Relay.Workers[worker].OnDatagram(rtp, call.AliceRtp, Packet, arrival, ref sink);
        call.Relay.Workers[worker].OnDatagram(rtcp, call.AliceRtp.WithPort(40_001), Report, arrival, ref sink);

        byte[] file = call["call=alice.pcap"];
        file[70..74].ShouldBe([203, 0, 113, 5], "where the RTP went to");
        file[76..78].ShouldBe([0x88, 0xba]);
        file[(97 + 42)..(97 + 46)].ShouldBe([203, 0, 113, 5], "where the RTCP came from");
        file[(97 + 50)..(97 + 52)].ShouldBe([0x88, 0xb9]);
    }
}
