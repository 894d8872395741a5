using RtpProxy.TestKit;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;
using static RtpProxy.Relay.Tests.Playback.Playing;

namespace RtpProxy.Relay.Tests.Playback;

/// <summary>How often players wake the worker, and what happens when it comes late.</summary>
public sealed class PlayerSchedules
{
    private readonly VirtualRelay _relay = new();

    [Fact]
    public void A_thousand_players_wake_the_worker_at_most_a_thousand_times_a_second()
    {
        var relay = new VirtualRelay(new VirtualRelayOptions { Ports = new VirtualPorts(30_000, 65_000) });
        relay.Prompts.Files[("music", 0)] = Frames(8000);
        for (int i = 0; i < 1000; i++)
        {
            _ = new Call(relay, $"call{i}");
            relay.Command($"P-1 call{i} music 0 alice bob").ShouldBe("0");
            relay.Advance(TimeSpan.FromMicroseconds(37)); // started at odd moments
        }

        relay.AdvanceSeconds(1);
        RelayWorker worker = relay.Workers[0];
        var sink = new CountingSink();
        Instant end = relay.Now + TimeSpan.FromSeconds(1);
        int wakeUps = 0;
        while (worker.NextDeadline <= end)
        {
            wakeUps++;
            worker.OnDeadline(new Arrival(worker.NextDeadline), ref sink);
        }

        sink.Sent.ShouldBe(100_000);
        wakeUps.ShouldBeLessThanOrEqualTo(1001); // and the tick of the session timers
    }

    [Fact]
    public void A_short_delay_is_made_up_for()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        var sink = new CountingSink();

        _relay.Workers[0].OnDeadline(new Arrival(_relay.Now + TimeSpan.FromMilliseconds(500)), ref sink);

        sink.Sent.ShouldBe(51);
    }

    [Fact]
    public void After_a_long_delay_a_player_goes_on_from_now()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        var sink = new CountingSink();
        Instant late = _relay.Now + TimeSpan.FromSeconds(30) + TimeSpan.FromMicroseconds(300);

        _relay.Workers[0].OnDeadline(new Arrival(late), ref sink);

        sink.Sent.ShouldBe(1);
        _relay.Workers[0].OnDeadline(new Arrival(late + TimeSpan.FromMilliseconds(10)), ref sink);
        sink.Sent.ShouldBe(1, "the next one is due on the grid, after the first moment");
        _relay.Workers[0].OnDeadline(new Arrival(late + TimeSpan.FromMilliseconds(11)), ref sink);
        sink.Sent.ShouldBe(2);
    }

    [Theory]
    [InlineData(97, 8000)] // frames of an unknown codec
    [InlineData(0, 79)] // shorter than a packet
    [InlineData(0, 0)]
    public void An_endless_player_without_packets_asks_for_no_deadline(byte payloadType, int length)
    {
        _relay.Prompts.Files[("odd", payloadType)] = Frames(length);
        var call = new Call(_relay);
        Instant before = _relay.Workers[0].NextDeadline;

        _relay.Command($"P-1 call odd {payloadType} alice bob").ShouldBe("0");

        _relay.Workers[0].NextDeadline.ShouldBe(before);
        _relay.AdvanceSeconds(5).ShouldBeEmpty();
        call.BobSpeaks(1).ShouldBeNull("the silence is played");
        _relay.Command("S call alice bob").ShouldBe("0");
        call.BobSpeaks(2).ShouldBe(Alice);
    }

    [Fact]
    public void A_prompt_shorter_than_a_packet_ends_at_once()
    {
        _relay.Prompts.Files[("odd", 0)] = Frames(79);
        var call = new Call(_relay);
        _relay.Command("P1000000 call odd 0 alice bob").ShouldBe("0");

        _relay.Advance(TimeSpan.FromMilliseconds(1)).ShouldBeEmpty();

        call.BobSpeaks(1).ShouldBe(Alice);
        _relay.Events.Lines.ShouldContain("call Caller player finished");
    }

    [Fact]
    public void The_first_packet_leaves_within_a_millisecond_of_the_command()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay);
        _relay.Advance(TimeSpan.FromMicroseconds(123));
        _relay.Command("P-1 call music 0 alice bob");

        _relay.Watch(21).Select(s => s.Milliseconds).ShouldBe([0.9, 10.9, 20.9]);
    }

    [Fact]
    public void Playing_allocates_nothing()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay);
        _relay.Command("P-1 call music 0 alice bob");
        _relay.Command("P-1 call music 0 bob alice");
        var sink = new CountingSink();
        Instant now = _relay.Now;

        Allocations.AssertNone(() =>
        {
            now += TimeSpan.FromMilliseconds(10);
            _relay.Workers[0].OnDeadline(new Arrival(now), ref sink);
        });

        sink.Sent.ShouldBeGreaterThan(9_999);
    }

    [Fact]
    public void Plays_and_stops_in_quick_succession_leave_nothing_behind()
    {
        _relay.Prompts.Files[("music", 0)] = Frames(8000);
        _ = new Call(_relay);
        for (int i = 0; i < 500; i++)
        {
            _relay.Command("P-1 call music 0 alice bob").ShouldBe("0");
        }

        byte[][] packets = [.. _relay.AdvanceSeconds(0.999).Select(p => p.Bytes)];

        packets.Length.ShouldBe(100);
        packets.Select(Ssrc).Distinct().Count().ShouldBe(1);
        packets.Select((p, i) => (ushort)(Sequence(p) - i)).Distinct().Count().ShouldBe(1);
    }
}
