namespace RtpProxy.Rtp.Tests;

/// <summary>The compact analyser against the rules written down literally.</summary>
public sealed class ReceptionModelTests
{
    private readonly ReceptionStatistics _compact = new();
    private readonly LiteralReceptionModel _literal = new();
    private long _step;

    [Fact]
    public void Thousands_of_hostile_streams_are_counted_as_the_literal_rules_count_them()
    {
        for (int seed = 0; seed < 4_000; seed++)
        {
            ReceptionModelTests comparison = new();
            HostileStream stream = new(seed);
            for (int i = 0; i < 150; i++)
            {
                comparison.Deliver(stream.Next(), $"seed {seed}");
            }

            comparison.CompareJitter($"seed {seed}");
        }
    }

    [Fact]
    public void A_long_hostile_stream_is_counted_as_the_literal_rules_count_it()
    {
        HostileStream stream = new(-1);
        for (int i = 0; i < 60_000; i++)
        {
            Deliver(stream.Next(), "long");
        }

        CompareJitter("long");
    }

    /// <summary>Every pair of edge numbers around every wrap that the map of the original distinguishes.</summary>
    [Fact]
    public void Edge_numbers_after_each_wrap_and_change_of_source_are_counted_alike()
    {
        ushort[] edges = [0, 9, 10, 11, 535, 536, 537, 64_999, 65_000, 65_001, 65_100, 65_530, 65_535];
        for (int wraps = 0; wraps < 5; wraps++)
        {
            foreach (ushort first in edges)
            {
                foreach (ushort second in edges)
                {
                    foreach (ushort third in edges)
                    {
                        ReceptionModelTests comparison = new();
                        string about = $"{wraps} wraps, {first}, {second}, {third}";
                        comparison.Wrap(wraps);
                        foreach (ushort sequence in (ReadOnlySpan<ushort>)[first, second, third, first, second, first])
                        {
                            comparison.Send(sequence, about, ssrc: 2);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void The_extended_number_itself_wraps_alike()
    {
        // 10 then 65,530 lands just below 2^32; every packet after it moves the offset on by a whole cycle.
        Send(10, "start");
        Send(65_530, "up");
        for (int i = 0; i < 2 * 65_536; i++)
        {
            Send((ushort)(11 + (i % 500)), $"lap {i}");
        }

        Wrap(40);
    }

    [Fact]
    public void The_offset_itself_wraps_alike()
    {
        Wrap(65_535);
        _compact.CurrentRun.Offset.ShouldBe(uint.MaxValue - 65_535);
        for (int i = 65_400; i < 65_536 + 700; i++)
        {
            Send((ushort)i, $"last lap {i}");
            Send((ushort)(i - 3), $"last lap again {i}");
        }

        Wrap(3);
    }

    private void Wrap(int times)
    {
        for (int i = 0; i < times; i++)
        {
            // Two jumps, each of which starts a run, then the wrap.
            Send(30_000, $"half way to wrap {i}");
            Send(65_535, $"before wrap {i}");
            Send(0, $"wrap {i}");
        }
    }

    private void Send(ushort sequence, string about, uint ssrc = 1) =>
        Deliver(new HostileStream.Packet(ssrc, sequence, (uint)(_step * 160), false, 0, _step * 20_000_000), about);

    private void Deliver(in HostileStream.Packet packet, string about)
    {
        _step++;
        byte[] bytes = RtpPacketBuilder.Build(
            packet.Ssrc, packet.Sequence, packet.Timestamp, packet.PayloadType, packet.Marker, payloadLength: 1);
        RtpPacket.TryParse(bytes, out RtpPacket parsed);
        int rate = parsed.PayloadType.ClockRateHz;
        long ticks = (long)((Int128)packet.ArrivalNanoseconds * rate / 1_000_000_000);

        ReceptionResult expected = _literal.OnPacket(
            packet.Ssrc, packet.Sequence, packet.Timestamp, packet.Marker, rate, ticks);
        ReceptionResult actual = _compact.OnPacket(parsed, packet.ArrivalNanoseconds);

        SequenceRun run = new(_literal.Min, _literal.Max, _literal.Offset, _literal.Count, _literal.RunDuplicates);
        if (actual != expected
            || _compact.CurrentRun != run
            || _compact.Sent != _literal.Sent
            || _compact.Received != _literal.Received
            || _compact.Duplicates != _literal.Duplicates
            || _compact.SsrcChanges != _literal.Changes)
        {
            Assert.Fail($"{about}, step {_step}, {packet}: {expected} {run} expected, {actual} {_compact.CurrentRun} seen");
        }
    }

    private void CompareJitter(string about)
    {
        (double Last, double Average, double Max)? expected = _literal.Jitter;
        JitterSummary? actual = _compact.Jitter;
        actual.HasValue.ShouldBe(expected.HasValue, about);
        if (actual is { } seen && expected is { } wanted)
        {
            seen.Last.ShouldBe(wanted.Last, about);
            seen.Average.ShouldBe(wanted.Average, 1e-12 + (wanted.Average * 1e-9), about);
            seen.Maximum.ShouldBe(wanted.Max, about);
        }
    }
}
