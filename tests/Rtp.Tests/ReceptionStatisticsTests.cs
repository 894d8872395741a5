namespace RtpProxy.Rtp.Tests;

public sealed class ReceptionStatisticsTests
{
    private const long Millisecond = 1_000_000;
    private const long Start = 1_000_000 * Millisecond;

    private readonly ReceptionStatistics _statistics = new();

    /// <summary>Media rules, section 4.4. A packet is SEQUENCE:TIMESTAMP@MILLISECONDS, then m for the marker, ' for another source.</summary>
    [Theory]
    [InlineData("uneven arrival", "1:0@0 2:160@20 3:320@45 4:480@60 5:640@80", 5, 5, 0, 0, 1, 4.541016, 2.971191, 4.843750)]
    [InlineData("two packets lost", "1:0@0 2:160@20 5:640@80", 5, 3, 0, 2, 1, 0, 0, 0)]
    [InlineData("one packet twice", "1:0@0 2:160@20 2:160@21 3:320@40", 3, 3, 1, 0, 1, 0, 0, 0)]
    [InlineData("the sequence wraps", "65534:0@0 65535:160@20 0:320@40 1:480@60", 4, 4, 0, 0, 1, 0, 0, 0)]
    [InlineData("one before the first", "10:160@0 9:0@1 11:320@20", 3, 3, 0, 0, 1, 20.343750, 15.421875, 20.343750)]
    [InlineData("the source changes", "1:0@0 2:160@20 3:320@40 500:480@60' 501:640@80'", 5, 5, 0, 0, 2, 0, 0, 0)]
    [InlineData("the largest gap in a run", "1:0@0 537:160@20", 537, 2, 0, 535, 1, 0, 0, 0)]
    [InlineData("the smallest gap between runs", "1:0@0 538:160@20", 2, 2, 0, 0, 1, 0, 0, 0)]
    [InlineData("a marker starts a run", "100:0@0 101:160@20 50:320@40m 51:480@60", 4, 4, 0, 0, 1, 0, 0, 0)]
    [InlineData("late from before the wrap", "65533:0@0 65534:160@20 0:480@60 65535:320@61 1:640@80", 5, 5, 0, 0, 1, 20.343750, 7.710938, 20.343750)]
    public void Streams_are_counted_as_in_the_examples_of_the_media_rules(
        string what, string stream, uint sent, uint received, uint duplicates, uint lost, uint changes, double last, double average, double maximum)
    {
        foreach (string packet in stream.Split(' '))
        {
            string[] numbers = packet.TrimEnd('m', '\'').Split(':', '@');
            Send(
                ushort.Parse(numbers[0]),
                uint.Parse(numbers[1]),
                long.Parse(numbers[2]),
                ssrc: packet.EndsWith('\'') ? 2u : 1u,
                marker: packet.EndsWith('m'));
        }

        _statistics.ShouldSatisfyAllConditions(
            what,
            () => Expect(sent, received, duplicates, lost, changes),
            () => ExpectJitter(last, average, maximum));
    }

    [Fact]
    public void A_wrap_extends_the_run_and_a_change_of_source_is_told()
    {
        Send(65_534, 0, 0).ShouldBe(ReceptionResult.Ok);
        Send(65_535, 160, 20);
        Send(0, 320, 40);
        Send(1, 480, 60);
        _statistics.CurrentRun.ShouldBe(new SequenceRun(65_534, 65_537, 65_536, 4, 0));

        Send(500, 480, 60, ssrc: 2).ShouldBe(ReceptionResult.SsrcChanged);
        Send(501, 640, 80, ssrc: 2).ShouldBe(ReceptionResult.Ok);
        _statistics.LastSsrc.ShouldBe(new Ssrc(2));
    }

    [Fact]
    public void Before_the_first_packet_nothing_is_known()
    {
        Expect(sent: 0, received: 0, duplicates: 0, lost: 0, changes: 0);
        _statistics.LastSsrc.ShouldBeNull();
        _statistics.LastPayloadType.ShouldBeNull();
        _statistics.LastSequence.ShouldBeNull();
        _statistics.Jitter.ShouldBeNull();
        _statistics.CurrentRun.ShouldBe(default);
    }

    [Fact]
    public void One_packet_gives_no_jitter_and_neither_do_types_without_a_clock()
    {
        Send(1, 0, 0);
        Send(2, 160, 25, payloadType: 101);
        Send(3, 320, 45, payloadType: 2);

        Expect(sent: 3, received: 3, duplicates: 0, lost: 0, changes: 1);
        _statistics.Jitter.ShouldBeNull();
        _statistics.LastPayloadType.ShouldBe(new PayloadType(2));
    }

    [Theory]
    [InlineData(0, 1_024 * 160, true)]
    [InlineData(0, (1_024 * 160) + 1, false)]
    [InlineData(50 * 160, 0, true)]
    [InlineData((50 * 160) + 1, 0, false)]
    [InlineData(uint.MaxValue, 159, true)]
    public void Timestamps_that_jump_further_than_the_clock_allows_are_not_compared(uint first, uint second, bool compared)
    {
        Send(1, first, 0);
        Send(2, second, 20);

        _statistics.Jitter.HasValue.ShouldBe(compared);
    }

    [Fact]
    public void A_repeated_first_timestamp_moves_the_moment_that_the_next_is_compared_with()
    {
        Send(1, 0, 0);
        Send(2, 0, 10);
        Send(3, 160, 30);

        ExpectJitter(0, 0, 0);
    }

    [Fact]
    public void Parse_errors_are_counted_apart()
    {
        _statistics.OnParseError();
        _statistics.OnParseError();

        _statistics.ParseErrors.ShouldBe(2u);
        _statistics.Received.ShouldBe(0u);
    }

    [Fact]
    public void A_packet_from_before_a_run_that_began_after_a_wrap_is_not_counted()
    {
        Send(65_535, 0, 0);
        Send(0, 160, 20);
        Send(600, 320, 40);
        Send(599, 480, 60).ShouldBe(ReceptionResult.BeforeRun);

        Expect(sent: 3, received: 3, duplicates: 0, lost: 0, changes: 1);
    }

    [Fact]
    public void After_a_change_of_source_the_number_that_the_cyclic_map_confuses_counts_as_duplicate()
    {
        foreach (ushort sequence in (ReadOnlySpan<ushort>)[65_535, 0, 30_000, 65_535, 0])
        {
            Send(sequence, 0, 0);
        }

        _statistics.CurrentRun.Offset.ShouldBe(2u * 65_536);
        Send(10, 0, 60, ssrc: 2).ShouldBe(ReceptionResult.SsrcChanged);
        Send(65_530, 160, 80, ssrc: 2);
        Send(9, 320, 100, ssrc: 2);
        _statistics.CurrentRun.Duplicates.ShouldBe(0u);
        Send(10, 480, 120, ssrc: 2);
        _statistics.CurrentRun.Duplicates.ShouldBe(1u);
    }

    [Fact]
    public void Recorded_arrival_times_give_the_same_jitter_as_live_ones()
    {
        double[] arrivals = [1000.000, 1000.020, 1000.045, 1000.060, 1000.080];
        for (int i = 0; i < arrivals.Length; i++)
        {
            byte[] bytes = RtpPacketBuilder.Build(1, (ushort)(i + 1), (uint)(i * 160));
            RtpPacket.TryParse(bytes, out RtpPacket packet);
            _statistics.OnRecordedPacket(packet, arrivals[i]).ShouldBe(ReceptionResult.Ok);
        }

        ExpectJitter(4.541016, 2.971191, 4.843750);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(-1e300)]
    [InlineData(-1.0)]
    public void A_meaningless_arrival_time_in_a_recording_is_survived(double arrival)
    {
        for (int i = 0; i < 4; i++)
        {
            byte[] bytes = RtpPacketBuilder.Build(1, (ushort)i, (uint)(i * 160));
            RtpPacket.TryParse(bytes, out RtpPacket packet);
            _statistics.OnRecordedPacket(packet, i % 2 == 0 ? arrival : i);
        }

        _statistics.Received.ShouldBe(4u);
        _ = _statistics.Jitter;
    }

    [Fact]
    public void Packets_of_known_sources_allocate_nothing()
    {
        byte[][] packets = new byte[1_000][];
        for (int i = 0; i < packets.Length; i++)
        {
            packets[i] = RtpPacketBuilder.Build((uint)(i / 50 % 12), (ushort)(i * 67), (uint)(i * 160));
        }

        long smallest = long.MaxValue;
        long now = Start;
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] bytes in packets)
            {
                RtpPacket.TryParse(bytes, out RtpPacket packet);
                _statistics.OnPacket(packet, now += 20 * Millisecond);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            smallest = Math.Min(smallest, allocated);
        }

        smallest.ShouldBe(0);
    }

    [Fact]
    public void The_statistics_of_one_stream_take_less_than_seven_hundred_bytes()
    {
        const int Count = 100;
        ReceptionStatistics[] many = new ReceptionStatistics[Count];
        long smallest = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Count; i++)
            {
                many[i] = new ReceptionStatistics();
            }

            smallest = Math.Min(smallest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        (smallest / Count).ShouldBeLessThan(700);
    }

    private ReceptionResult Send(
        ushort sequence,
        uint timestamp,
        long milliseconds,
        uint ssrc = 1,
        bool marker = false,
        byte payloadType = 0)
    {
        byte[] bytes = RtpPacketBuilder.Build(ssrc, sequence, timestamp, payloadType, marker);
        RtpPacket.TryParse(bytes, out RtpPacket packet).ShouldBe(RtpParseError.None);
        return _statistics.OnPacket(packet, Start + (milliseconds * Millisecond));
    }

    private void Expect(uint sent, uint received, uint duplicates, uint lost, uint changes)
    {
        _statistics.Sent.ShouldBe(sent);
        _statistics.Received.ShouldBe(received);
        _statistics.Duplicates.ShouldBe(duplicates);
        _statistics.Lost.ShouldBe(lost);
        _statistics.SsrcChanges.ShouldBe(changes);
    }

    private void ExpectJitter(double last, double average, double maximum)
    {
        JitterSummary jitter = _statistics.Jitter.ShouldNotBeNull();
        jitter.Last.ShouldBe(last, 0.0000005);
        jitter.Average.ShouldBe(average, 0.0000005);
        jitter.Maximum.ShouldBe(maximum, 0.0000005);
    }
}
