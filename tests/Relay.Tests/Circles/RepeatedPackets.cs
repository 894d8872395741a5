using System.Buffers.Binary;
using RtpProxy.TestKit.Virtual;
using static RtpProxy.Relay.Tests.Call;

namespace RtpProxy.Relay.Tests.Circles;

/// <summary>A packet that comes a third time within a second goes round through other relays.</summary>
public sealed class RepeatedPackets
{
    private readonly VirtualRelay _relay = new();
    private readonly Call _call;

    public RepeatedPackets()
    {
        _call = new Call(_relay);
    }

    [Fact]
    public void The_third_is_dropped_and_told_once()
    {
        foreach (int sequence in (int[])[1, 2, 3])
        {
            _call.AliceSpeaks(sequence).ShouldBe(Bob);
            _call.AliceSpeaks(sequence).ShouldBe(Bob, "a peer with -2 sends two");
            _call.AliceSpeaks(sequence).ShouldBeNull();
            _call.AliceSpeaks(sequence).ShouldBeNull();
        }

        _relay.Workers[0].Statistics.Dropped(DropReason.Circling).ShouldBe(6UL);
        _relay.Events.Lines.Count(line => line.Contains("circles", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void After_a_second_it_is_a_first_one_again()
    {
        _call.AliceSpeaks(1);
        _call.AliceSpeaks(1);
        _relay.AdvanceSeconds(1.1);

        _call.AliceSpeaks(1).ShouldBe(Bob);
    }

    [Fact]
    public void The_third_is_dropped_in_mid_stream_too()
    {
        for (int sequence = 1; sequence < 100; sequence++)
        {
            _call.AliceSpeaks(sequence).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.02);
        }

        _call.AliceSpeaks(99).ShouldBe(Bob);
        _call.AliceSpeaks(99).ShouldBeNull();
        _call.AliceSpeaks(80).ShouldBe(Bob);
        _call.AliceSpeaks(80).ShouldBeNull();
    }

    [Fact]
    public void It_restarts_no_timer()
    {
        for (int second = 0; second < 59; second++)
        {
            _relay.AdvanceSeconds(1);
        }

        for (int i = 0; i < 200 && _relay.SessionCount > 0; i++)
        {
            _call.AliceSpeaks(1);
            _relay.AdvanceSeconds(0.4);
        }

        _relay.SessionCount.ShouldBe(1, "the first two restarted it");
        int dropped = (int)_relay.Workers[0].Statistics.Dropped(DropReason.Circling);
        dropped.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Numbers_and_sources_are_compared_for_one_stream_only()
    {
        var other = new Call(_relay, "other");
        for (int i = 0; i < 2; i++)
        {
            _call.AliceSpeaks(1).ShouldBe(Bob);
            other.AliceSpeaks(1).ShouldBe(Bob);
            _call.BobSpeaks(1, ssrc: 7).ShouldBe(Alice);
        }
    }

    [Fact]
    public void Packets_of_the_same_number_that_differ_are_no_repetition()
    {
        for (uint timestamp = 0; timestamp < 100; timestamp++)
        {
            _call.FromAlice(Alice, RtpBytes.Rtp(1, timestamp: timestamp)).ShouldBe(Bob);
        }

        for (int length = 0; length < 100; length++)
        {
            _call.FromAlice(Alice, RtpBytes.Rtp(2, length: length)).ShouldBe(Bob);
        }
    }

    [Fact]
    public void Reordered_and_doubled_packets_all_pass()
    {
        int[] order = [1, 3, 2, 2, 3, 1, 6, 5, 4, 4, 5, 6];

        foreach (int sequence in order)
        {
            _call.AliceSpeaks(sequence).ShouldBe(Bob);
        }
    }

    [Fact]
    public void A_sequence_that_begins_anew_passes()
    {
        for (int sequence = 5000; sequence < 5100; sequence++)
        {
            _call.AliceSpeaks(sequence).ShouldBe(Bob);
        }

        for (int sequence = 4900; sequence < 5000; sequence++)
        {
            _call.FromAlice(Alice, RtpBytes.Rtp(sequence, timestamp: (uint)sequence + 7)).ShouldBe(Bob);
            _call.FromAlice(Alice, RtpBytes.Rtp(sequence, timestamp: (uint)sequence + 7)).ShouldBe(Bob);
        }
    }

    [Fact]
    public void Many_packets_of_two_streams_in_a_circle_die_out_too()
    {
        var round = new Queue<byte[]>();
        for (int i = 0; i < 400; i++)
        {
            round.Enqueue(RtpBytes.Rtp(i % 200, ssrc: i < 200 ? 7u : 9u));
        }

        int passes = 0;
        while (round.TryDequeue(out byte[]? packet) && passes < 100_000)
        {
            if (_call.FromAlice(Alice, packet) is not null)
            {
                passes++;
                round.Enqueue(packet);
            }
        }

        round.ShouldBeEmpty();
        passes.ShouldBeLessThan(400 * 8);
    }

    [Fact]
    public void So_do_more_packets_than_the_buffers_of_sockets_hold()
    {
        var round = new Queue<byte[]>();
        for (int i = 0; i < 5_000; i++)
        {
            round.Enqueue(RtpBytes.Rtp(i, length: 8));
        }

        int passes = 0;
        while (round.TryDequeue(out byte[]? packet) && passes < 50_000)
        {
            if (_call.FromAlice(Alice, packet) is not null)
            {
                passes++;
                round.Enqueue(packet);
            }
        }

        round.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Datagrams_without_a_number_die_out(int count)
    {
        var round = new Queue<byte[]>();
        for (int i = 0; i < count; i++)
        {
            round.Enqueue([.. "T.38 or whatever "u8, (byte)i]);
        }

        int passes = 0;
        while (round.TryDequeue(out byte[]? packet) && passes < 100_000)
        {
            if (_call.FromAlice(Alice, packet) is not null)
            {
                passes++;
                round.Enqueue(packet);
            }

            _relay.Advance(TimeSpan.FromMilliseconds(1));
        }

        round.ShouldBeEmpty();
    }

    [Fact]
    public void So_do_reports()
    {
        int passes = 0;
        while (_call.ReportFromAlice(Alice.WithPort(40_001)) is not null && passes < 1000)
        {
            passes++;
            _relay.Advance(TimeSpan.FromMilliseconds(1));
        }

        passes.ShouldBeLessThan(100);
    }

    [Fact]
    public void What_is_repeated_on_purpose_passes()
    {
        for (int i = 0; i < 200; i++)
        {
            // Fax indicators three at a time, doubled by a peer with -2; keepalives all the time.
            for (int copy = 0; copy < 6; copy++)
            {
                _call.FromAlice(Alice, [.. "indicator "u8, (byte)i]).ShouldBe(Bob);
            }

            _call.FromAlice(Alice, "keepalive"u8.ToArray()).ShouldBe(Bob);
            _relay.AdvanceSeconds(0.2);
        }
    }

    [Fact]
    public void A_second_of_equal_datagrams_passes()
    {
        for (int i = 0; i < 50; i++)
        {
            _call.FromAlice(Alice, "the same all the time"u8.ToArray()).ShouldBe(Bob);
            _relay.Advance(TimeSpan.FromMilliseconds(20));
        }
    }

    [Fact]
    public void Where_packets_get_new_numbers_the_rest_of_them_tells()
    {
        var relay = new VirtualRelay();
        var call = new Call(relay, modifiers: "z20");
        for (int sequence = 1; sequence <= 2000; sequence++)
        {
            // Two moments far apart in turn, each with a new number: what a circle of re-framers makes of two packets.
            byte[] packet = RtpBytes.Rtp(0, timestamp: sequence % 2 == 0 ? 0u : 1_000_000_000u);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)sequence);
            relay.Receive(Alice, call.PortForAlice, packet);
            relay.Advance(TimeSpan.FromMilliseconds(1));
        }

        relay.Workers[0].Statistics.Dropped(DropReason.Circling).ShouldBeGreaterThan(1000UL);
    }
}
