using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;
using static RtpProxy.Relay.Tests.Playback.Playing;

namespace RtpProxy.Relay.Tests.Playback;

/// <summary>The packets of a prompt: header, contents, pace (media rules, section 6).</summary>
public sealed class PromptPackets
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void Packets_leave_every_ten_milliseconds_from_the_partys_port()
    {
        _relay.Prompts.Files[("tone", 0)] = Frames(8000);
        var call = new Call(_relay);
        _relay.Command("P call tone 0 alice bob").ShouldBe("0");

        var seen = _relay.Watch(1100);

        seen.Count.ShouldBe(100);
        seen.Select(s => s.Milliseconds).ShouldBe(Enumerable.Range(0, 100).Select(k => k * 10.0));
        seen.ShouldAllBe(s => s.Datagram.To == Alice && s.Datagram.From.Port == call.PortForAlice && s.Datagram.Bytes.Length == 92);
    }

    [Fact]
    public void A_prompt_is_one_stream_with_one_marker_over_all_its_rounds()
    {
        byte[] frames = Frames(250); // three packets and a tail of 10 bytes
        _relay.Prompts.Files[("tone", 0)] = frames;
        _ = new Call(_relay);
        _relay.Command("P3 call tone 0 alice bob").ShouldBe("0");

        byte[][] packets = [.. _relay.AdvanceSeconds(1).Select(d => d.Bytes)];

        packets.Length.ShouldBe(9);
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i][0].ShouldBe((byte)0x80);
            Marker(packets[i]).ShouldBe(i == 0);
            Sequence(packets[i]).ShouldBe((ushort)(Sequence(packets[0]) + i));
            Timestamp(packets[i]).ShouldBe(Timestamp(packets[0]) + (uint)(i * 80));
            Ssrc(packets[i]).ShouldBe(Ssrc(packets[0]));
            packets[i][12..].ShouldBe(frames[(i % 3 * 80)..((i % 3 * 80) + 80)]);
        }
    }

    [Fact]
    public void Another_prompt_is_another_stream()
    {
        _relay.Prompts.Files[("tone", 0)] = Frames(800);
        _ = new Call(_relay);
        _relay.Command("P call tone 0 alice bob");
        byte[] first = _relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes;
        _relay.Command("P call tone 0 alice bob");
        byte[] second = _relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes;

        Ssrc(second).ShouldNotBe(Ssrc(first));
        Marker(second).ShouldBeTrue();
        second[12..].ShouldBe(first[12..]);
    }

    [Theory]
    [InlineData(0, "", 10, 80)] // PCMU
    [InlineData(8, "", 10, 80)] // PCMA
    [InlineData(9, "", 10, 80)] // G.722: 8 bytes a millisecond, and a clock of 8 kHz
    [InlineData(18, "", 10, 10)] // G.729
    [InlineData(3, "", 20, 33)] // GSM has nothing shorter
    [InlineData(4, "", 30, 24)] // nor has G.723.1
    [InlineData(0, "z60", 60, 480)]
    [InlineData(0, "z25", 25, 200)]
    [InlineData(0, "z999", 999, 7992)]
    [InlineData(18, "z25", 30, 30)] // whole frames, rounded up
    [InlineData(18, "z5", 10, 10)]
    [InlineData(3, "z30", 40, 66)]
    [InlineData(4, "z31", 60, 48)]
    public void Packet_duration_is_that_of_the_other_party_in_whole_frames(
        byte payloadType, string modifier, int milliseconds, int bytes)
    {
        _relay.Prompts.Files[("tone", payloadType)] = Frames(24_000);
        _relay.Port($"Uc{payloadType} call 192.0.2.10 40000 alice");
        _relay.Port($"L{modifier} call 198.51.100.20 50000 alice bob");
        _relay.Command("P call tone session alice bob").ShouldBe("0");

        var seen = _relay.Watch(milliseconds);

        seen.Select(s => s.Milliseconds).ShouldBe([0, milliseconds]);
        seen.ShouldAllBe(s => s.Datagram.Bytes.Length == 12 + bytes);
        (Timestamp(seen[1].Datagram.Bytes) - Timestamp(seen[0].Datagram.Bytes)).ShouldBe((uint)milliseconds * 8);
    }

    [Fact]
    public void Without_the_word_session_the_duration_of_the_other_party_does_not_matter()
    {
        _relay.Prompts.Files[("tone", 0)] = Frames(8000);
        _ = new Call(_relay, modifiers: "z60");
        _relay.Command("P call tone 0 alice bob").ShouldBe("0");

        _relay.Advance(TimeSpan.Zero).ShouldHaveSingleItem().Bytes.Length.ShouldBe(92);
    }

    [Fact]
    public void Small_prompt_packets_leave_twice_with_option_2_and_count_once()
    {
        var relay = new VirtualRelay(new RelayOptions { DoubleSmallPackets = true });
        relay.Prompts.Files[("tone", 0)] = Frames(80);
        _ = new Call(relay);
        relay.Command("P call tone 0 alice bob");

        relay.AdvanceSeconds(1).Count.ShouldBe(2);
        relay.Command("G npkts_played npkts_relayed").ShouldBe("1 0");
    }

    [Fact]
    public void An_hour_of_music_does_not_drift()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay, modifiers: "c0z20");
        _relay.Command("P-1 call music session alice bob").ShouldBe("0");

        _relay.AdvanceSeconds(3599.99).Count.ShouldBe(180_000);
        _relay.Watch(30).Select(s => s.Milliseconds).ShouldBe([10, 30]);
    }
}
