namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>Silence is as long as nothing was sent, whatever timestamps and sequence numbers do meanwhile.</summary>
public sealed class TimingTests : ToolTests
{
    private const int Packet = 160;

    private static readonly byte[] Sound = [.. Enumerable.Repeat((byte)0xaf, Packet)];

    /// <summary>One stretch of talk: at which second, for how many packets, from which numbers on.</summary>
    public sealed record Spurt(double At, int Packets, int Sequence, long Timestamp, uint Ssrc = 1);

    public static TheoryData<string, double, Spurt[]> Holds => new()
    {
        { "timestamps go on with time", 14, [new(0, 100, 0, 0), new(12, 100, 100, 96_000)] },
        { "timestamps stood still", 14, [new(0, 100, 0, 0), new(12, 100, 100, 16_000)] },
        { "timestamps stood still and then leap", 14,
            [new(0, 100, 0, 0), new(12, 10, 100, 16_000), new(12.2, 90, 110, 97_600)] },
        { "timestamps leap and then leap once more", 14,
            [new(0, 100, 0, 0), new(12, 10, 100, 96_000), new(12.2, 90, 110, 177_600)] },
        { "two holds, the timestamps made up for both at the end", 26,
            [new(0, 100, 0, 0), new(12, 100, 100, 16_000), new(24, 100, 200, 192_000)] },
        { "timestamps restart at zero", 14, [new(0, 100, 0, 80_000), new(12, 100, 100, 0)] },
        { "timestamps restart at random", 14, [new(0, 100, 0, 0), new(12, 100, 100, 3_000_000_000)] },
        { "timestamps restart far behind", 14, [new(0, 100, 0, 3_000_000_000), new(12, 100, 100, 1_000)] },
        { "both numbers restart at zero as they began", 14, [new(0, 100, 0, 0), new(12, 100, 0, 0)] },
        { "both numbers restart below", 14, [new(0, 100, 5_000, 800_000), new(12, 100, 7, 160)] },
        { "both numbers restart above", 14, [new(0, 100, 5_000, 800_000), new(12, 100, 40_000, 9_000_000)] },
        { "both numbers restart in the middle", 14, [new(0, 100, 5_000, 800_000), new(12, 100, 5_050, 77)] },
        { "sequence numbers restart and timestamps go on", 14, [new(0, 100, 5_000, 0), new(12, 100, 3, 96_000)] },
        { "both numbers wrap at the same packet", 14, [new(0, 100, 65_436, 0xffff_c180), new(12, 100, 0, 0)] },
        { "another source", 14, [new(0, 100, 0, 0), new(12, 100, 9, 555, Ssrc: 2)] },
        { "another source and the first again", 26,
            [new(0, 100, 0, 0), new(12, 100, 9, 555, Ssrc: 2), new(24, 100, 100, 192_000)] },
        { "hold three times with restarts each time", 38,
            [new(0, 100, 0, 0), new(12, 100, 0, 0), new(24, 100, 0, 0), new(36, 100, 0, 0)] },
        { "comfort noise keeps the timestamps going", 14,
            [new(0, 100, 0, 0), new(5, 1, 100, 40_000), new(9, 1, 101, 72_000), new(12, 100, 102, 96_000)] },
        { "a clock that runs a thousandth too fast", 14,
            [new(0, 100, 0, 0), new(12, 100, 100, 96_096)] },
    };

    [Theory]
    [MemberData(nameof(Holds))]
    public void A_hold_is_as_long_as_it_was(string what, double seconds, Spurt[] spurts)
    {
        RecordedCall call = Call(spurts);
        Write("call.o.rtp", call.ToAdHoc());
        Write("call.a.rtp", call.ToPcap());

        foreach (string side in (string[])["-B", "-A"])
        {
            ToolResult result = Extract(side, side == "-B" ? "call.o.rtp" : "call.a.rtp", "out.raw");

            result.ExitCode.ShouldBe(0, what + result.Errors);
            short[] samples = ReadSamples("out.raw");
            (samples.Length / 8_000.0).ShouldBeInRange(seconds - 0.25, seconds + 0.25, what);
            samples.Count(sample => sample != 0).ShouldBe(spurts.Sum(spurt => spurt.Packets) * Packet, what);
            ShouldSoundWhenItArrived(samples, spurts, what);
        }
    }

    [Fact]
    public void Both_sides_stay_together_when_one_is_held()
    {
        Write("call.o.rtp", Call([new(0, 100, 0, 0), new(12, 10, 100, 16_000), new(12.2, 90, 110, 97_600)]).ToAdHoc());
        Write("call.a.rtp", Call([new(0, 700, 3, 9, Ssrc: 7)]).ToAdHoc());

        Extract("-s", "call", "out.raw").ExitCode.ShouldBe(0);

        (ReadSamples("out.raw").Length / 2 / 8_000.0).ShouldBe(14, 0.25);
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(5)]
    [InlineData(20)]
    public void Packets_that_were_held_up_on_the_way_are_no_pause(double seconds)
    {
        RecordedCall call = new();
        for (int i = 0; i < 2_000; i++)
        {
            double due = i * 0.02;
            double arrival = due >= 5 && due < 5 + seconds ? 5 + seconds + ((due - 5) * 0.001) : due;
            call.Add(1000 + arrival, i, i * 160L, Sound);
        }

        Write("a", call.ToAdHoc());
        Extract("-A", "a", "out.raw").ExitCode.ShouldBe(0);

        ReadSamples("out.raw").Length.ShouldBe(2_000 * Packet);
    }

    [Fact]
    public void One_packet_that_came_late_makes_no_silence()
    {
        RecordedCall call = new();
        for (int i = 0; i < 500; i++)
        {
            if (i != 100)
            {
                call.Add(1000 + (i * 0.02), i, i * 160L, Sound);
            }

            if (i == 240)
            {
                call.Add(1000 + (i * 0.02), 100, 100 * 160L, Sound);
            }
        }

        Write("a", call.ToAdHoc());
        Extract("-A", "a", "out.raw").ExitCode.ShouldBe(0);

        ReadSamples("out.raw").ShouldAllBe(sample => sample != 0);
        ReadSamples("out.raw").Length.ShouldBe(500 * Packet);
    }

    [Fact]
    public void Reordering_across_the_wrap_of_both_numbers_is_put_right()
    {
        RecordedCall call = new();
        int[] order = [.. Enumerable.Range(0, 100)];
        (order[49], order[50], order[51], order[52]) = (order[51], order[52], order[49], order[50]);
        foreach (int i in order)
        {
            byte[] payload = [.. Enumerable.Repeat((byte)(0x80 + i), Packet)];
            call.Add(1000 + (i * 0.02), 65_486 + i, 0xffff_e0c0L + (i * 160), payload);
        }

        Write("a", call.ToAdHoc());
        Extract("-A", "a", "out.raw").ExitCode.ShouldBe(0);

        short[] samples = ReadSamples("out.raw");
        samples.Length.ShouldBe(100 * Packet);
        samples.Where((_, i) => i % Packet == 0)
            .ShouldBe(Enumerable.Range(0, 100).Select(i => (short)(Codecs.G711.MuLaw.Decode((byte)(0x80 + i)) / 2)));
    }

    [Theory]
    [InlineData(0, 1)] // the first packet
    [InlineData(0, 20)]
    [InlineData(120, 1)]
    [InlineData(120, 50)]
    [InlineData(249, 1)] // the last
    public void Forged_arrival_times_make_no_silence(int first, int count)
    {
        foreach (double forged in (double[])[82_000, 86_399, -82_000, 3_000, 1e9, 3e9, -999])
        {
            if (first == 0 && count > 1 && forged == -999)
            {
                continue; // a call that spoke, was on hold and spoke again looks the same
            }

            RecordedCall call = new();
            for (int i = 0; i < 250; i++)
            {
                bool isForged = i >= first && i < first + count;
                call.Add(10_000_000 + (i * 0.02) + (isForged ? forged : 0), i, i * 160L, Sound);
            }

            Write("a", call.ToAdHoc());
            ToolResult result = Extract("-A", "a", "out.raw");

            result.ExitCode.ShouldBe(0, result.Errors);
            (ReadSamples("out.raw").Length / 8_000.0).ShouldBe(5, 0.6, $"{forged}: {result.Errors}");
            result.ErrorLines[0].ShouldContain("arrival time out of range, not believed");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    public void A_few_packets_that_seem_to_have_come_hours_later_make_no_silence(int groups)
    {
        RecordedCall call = new();
        for (int i = 0; i < 250; i++)
        {
            call.Add(RecordedCall.Start + (i * 0.02), i, i * 160L, Sound);
        }

        for (int i = 0; i < 3 * groups; i++)
        {
            double hours = 3.9 * (1 + (i / 3));
            call.Add(RecordedCall.Start + (hours * 3_600) + (i % 3 * 0.02), 250 + i, (250L + i) * 160, Sound);
        }

        Write("a", call.ToAdHoc());
        ToolResult result = Extract("-A", "a", "out.raw");

        result.ErrorLines[0].ShouldContain("arrival time out of range, not believed");
        (ReadSamples("out.raw").Length / 8_000.0).ShouldBe(5 + (0.06 * groups), 0.6);
    }

    [Fact]
    public void A_pause_of_an_hour_before_a_few_packets_is_kept()
    {
        Write("a", Call([new(0, 100, 0, 0), new(3_600, 10, 100, 16_000)]).ToAdHoc());

        Extract("-A", "a", "out.raw").Errors.ShouldStartWith("samples decoded");

        (new FileInfo(PathOf("out.raw")).Length / 16_000.0).ShouldBe(3_600.2, 0.25);
    }

    [Fact]
    public void A_pause_of_minutes_is_kept()
    {
        Write("a", Call([new(0, 100, 0, 0), new(900, 100, 100, 16_000)]).ToAdHoc());

        Extract("-A", "a", "out.raw").Errors.ShouldStartWith("samples decoded");

        (ReadSamples("out.raw").Length / 8_000.0).ShouldBe(902, 0.25);
    }

    [Fact]
    public void Hours_of_silence_are_cut_and_told()
    {
        Write("a", Call([new(0, 100, 0, 0), new(3 * 3_600, 100, 100, 16_000), new(6 * 3_600, 100, 200, 32_000)]).ToAdHoc());

        ToolResult result = Extract("-A", "a", "out.raw");

        result.ExitCode.ShouldBe(0);
        result.ErrorLines[0].ShouldBe("extractaudio: more than 4 hours of silence, the rest of it is left out");
        (new FileInfo(PathOf("out.raw")).Length / 16_000.0).ShouldBe((4 * 3_600) + 6, 0.25);
    }

    [Fact]
    public void Recordings_whose_clocks_have_nothing_in_common_are_laid_upon_each_other()
    {
        Write("call.a.rtp", Call([new(0, 100, 0, 0)]).ToAdHoc());
        Write("call.o.rtp", Call([new(7_200, 100, 0, 0, Ssrc: 2)]).ToAdHoc());

        ToolResult result = Extract("call", "out.raw");

        result.ErrorLines[0].ShouldStartWith("extractaudio: the recordings are ");
        (ReadSamples("out.raw").Length / 8_000.0).ShouldBe(2, 0.01);
    }

    private static void ShouldSoundWhenItArrived(short[] samples, Spurt[] spurts, string what)
    {
        foreach (Spurt spurt in spurts.Where(spurt => spurt.Packets >= 90))
        {
            // A little after its begin it sounds, and somewhat before it there is silence.
            int start = (int)(spurt.At * 8_000);
            int sounding = samples[(start + 400)..Math.Min(start + 8_400, samples.Length)].Count(sample => sample != 0);
            sounding.ShouldBeGreaterThan(7_500, $"{what}, {spurt}");
        }
    }

    private static RecordedCall Call(Spurt[] spurts)
    {
        RecordedCall call = new();
        foreach (Spurt spurt in spurts)
        {
            for (int i = 0; i < spurt.Packets; i++)
            {
                call.Add(
                    RecordedCall.Start + spurt.At + (i * 0.02),
                    spurt.Sequence + i,
                    spurt.Timestamp + (i * 160L),
                    Sound,
                    ssrc: spurt.Ssrc);
            }
        }

        return call;
    }

    private ToolResult Extract(params string[] arguments)
    {
        File.Delete(PathOf("out.raw"));
        return Tool.ExtractAudio.Run(Work, ["-F", "raw", "-D", "pcm_16", .. arguments]);
    }
}
