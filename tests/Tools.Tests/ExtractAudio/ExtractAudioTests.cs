using RtpProxy.Codecs.G711;

namespace RtpProxy.Tools.Tests.ExtractAudio;

public sealed class ExtractAudioTests : ToolTests
{
    // Codes whose samples are 1,884 and -988, so that sums and halves are easy to see.
    private static readonly byte[] Loud = Filled(0xaf);
    private static readonly byte[] Quiet = Filled(0x3f);

    [Fact]
    public void The_constructed_example_gives_the_printed_numbers()
    {
        RecordedCall call = new();
        double[] arrivals = [1000.000, 1000.020, 1000.045, 1000.060, 1000.080];
        for (int i = 0; i < arrivals.Length; i++)
        {
            call.Add(arrivals[i], i + 1, i * 160, Loud);
        }

        Write("five", call.ToAdHoc());

        ToolResult result = Extract("-A", "five", "out.raw");

        result.ShouldBe(new ToolResult(
            0,
            """
            pcount=5, min_seq=1, max_seq=5, seq_offset=0, ssrc=0x11223344, duplicates=0
            ssrc_changes=1, psent=5, precvd=5, plost=0
            last_jitter=4.541016,average_jitter=2.971191,max_jitter=4.843750

            """,
            "samples decoded: O: 0, A: 800, written: 400\n"));
        ReadSamples("out.raw").SequenceEqual(Enumerable.Repeat((short)(MuLaw.Decode(0xaf) / 2), 800)).ShouldBeTrue();
    }

    [Fact]
    public void Lost_packets_leave_silence()
    {
        Write("lost", new RecordedCall().Add(1000, 1, 0, Loud).Add(1000.02, 2, 160, Loud).Add(1000.08, 5, 640, Loud).ToAdHoc());

        ToolResult result = Extract("-A", "lost", "out.raw");

        result.OutputLines[1].ShouldBe("ssrc_changes=1, psent=5, precvd=3, plost=2");
        short[] samples = ReadSamples("out.raw");
        samples.Length.ShouldBe(800);
        samples[320..640].ShouldAllBe(sample => sample == 0);
    }

    [Fact]
    public void A_huge_packet_is_cut_at_4096_samples()
    {
        Write("huge", new RecordedCall().Add(1000, 1, 0, Filled(0xaf, 5_000)).Add(1000.6, 2, 5_000, Loud).ToAdHoc());

        Extract("-A", "huge", "out.raw").Errors.ShouldBe("samples decoded: O: 0, A: 5160, written: 2580\n");

        ReadSamples("out.raw").Length.ShouldBe(4_096 + 904 + 160);
    }

    [Fact]
    public void Mono_is_half_of_each_side_and_stereo_has_A_first()
    {
        WritePair();

        Extract("call", "mono.raw").ExitCode.ShouldBe(0);
        Extract("-s", "call", "stereo.raw").ExitCode.ShouldBe(0);

        short loud = MuLaw.Decode(0xaf);
        short quiet = MuLaw.Decode(0x3f);
        ReadSamples("mono.raw").SequenceEqual(
            [.. Repeat(loud / 2, 250), .. Repeat((loud + quiet) / 2, 1_350), .. Repeat(quiet / 2, 250)]).ShouldBeTrue();
        ReadSamples("stereo.raw").Chunk(2).Select(pair => (pair[0], pair[1])).SequenceEqual(
        [
            .. Enumerable.Repeat((loud, (short)0), 250),
            .. Enumerable.Repeat((loud, quiet), 1_350),
            .. Enumerable.Repeat(((short)0, quiet), 250),
        ]).ShouldBeTrue();
    }

    [Fact]
    public void The_number_written_is_half_the_samples()
    {
        WritePair();

        Extract("call", "out.raw").Errors.ShouldBe("samples decoded: O: 1600, A: 1600, written: 925\n");
        Extract("-s", "call", "out.raw").Errors.ShouldBe("samples decoded: O: 1600, A: 1600, written: 1850\n");
    }

    [Fact]
    public void Without_sync_the_sides_begin_together_and_gaps_are_closed()
    {
        Write("call.a.rtp", new RecordedCall().Add(1000, 1, 0, Loud).Add(1002, 9, 16_000, Loud).ToAdHoc());
        Write("call.o.rtp", new RecordedCall().Add(1001, 1, 0, Quiet, ssrc: 2).ToAdHoc());

        Extract("-n", "call", "out.raw").Errors.ShouldBe("samples decoded: O: 160, A: 320, written: 160\n");

        short loud = MuLaw.Decode(0xaf);
        short quiet = MuLaw.Decode(0x3f);
        ReadSamples("out.raw").SequenceEqual([.. Repeat((loud + quiet) / 2, 160), .. Repeat(loud / 2, 160)]).ShouldBeTrue();
    }

    [Fact]
    public void Without_sync_the_sources_of_a_side_follow_each_other()
    {
        Write("a", new RecordedCall().Add(1000, 1, 0, Loud).Add(1000.01, 1, 0, Quiet, ssrc: 2).ToAdHoc());

        Extract("-n", "-A", "a", "out.raw").ExitCode.ShouldBe(0);

        ReadSamples("out.raw").SequenceEqual(
            [.. Repeat(MuLaw.Decode(0xaf) / 2, 160), .. Repeat(MuLaw.Decode(0x3f) / 2, 160)]).ShouldBeTrue();
    }

    [Fact]
    public void Sources_of_a_side_that_speak_at_once_are_averaged()
    {
        Write("a", new RecordedCall().Add(1000, 1, 0, Loud).Add(1000, 1, 0, Quiet, ssrc: 2).ToAdHoc());

        Extract("-s", "-A", "a", "out.raw").ExitCode.ShouldBe(0);

        int average = (MuLaw.Decode(0x3f) + MuLaw.Decode(0xaf)) / 2;
        ReadSamples("out.raw").Where((_, i) => i % 2 == 0).ShouldAllBe(sample => sample == average);
    }

    [Fact]
    public void A_source_in_both_files_belongs_to_the_first()
    {
        Write("call.a.rtp", new RecordedCall().Add(1000, 1, 0, Loud).ToAdHoc());
        Write("call.o.rtp", new RecordedCall().Add(1000.02, 2, 160, Quiet).ToAdHoc());

        Extract("call", "out.raw").Errors.ShouldBe("samples decoded: O: 0, A: 320, written: 160\n");
    }

    [Fact]
    public void Inputs_are_deleted_and_links_made_when_asked_for()
    {
        WritePair();
        Write("taken", [1]);

        Extract("-d", "call", "out.raw", "l1", "taken", "l2").ExitCode.ShouldBe(0);

        Exists("call.a.rtp").ShouldBeFalse();
        Exists("call.o.rtp").ShouldBeFalse();
        Tool.Shell(Work, "stat -c %i out.raw l1 l2 | sort -u | wc -l").Output.Trim().ShouldBe("1");
        Read("taken").ShouldBe([(byte)1]);
    }

    [Theory]
    [InlineData(101, 4, "pack->parsed.nsamples = -1")] // telephone events only
    [InlineData(111, 80, "pack->parsed.nsamples = -1")]
    [InlineData(4, 24, null)] // G.723.1 has a length but no decoder
    public void Nothing_that_can_be_decoded_is_said_and_changes_nothing(int payloadType, int bytes, string? before)
    {
        Write("a", new RecordedCall().Add(1000, 1, 0, new byte[bytes], payloadType).ToAdHoc());

        ToolResult result = Extract("-d", "-A", "a", "out.raw", "link");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldBe(
            before is null
                ? ["extractaudio: no audio that can be decoded in a"]
                : [before, "extractaudio: no audio that can be decoded in a"]);
        result.OutputLines[0].ShouldStartWith("pcount=1, ");
        Exists("out.raw").ShouldBeFalse();
        Exists("link").ShouldBeFalse();
        Exists("a").ShouldBeTrue();
    }

    [Fact]
    public void One_side_is_enough_unless_both_are_asked_for()
    {
        Write("call.a.rtp", new RecordedCall().Add(1000, 1, 0, Loud).ToAdHoc());

        ToolResult lenient = Extract("call", "out.raw");
        lenient.ExitCode.ShouldBe(0);
        lenient.ErrorLines[0].ShouldBe("extractaudio: call.o.rtp: No such file or directory");

        ToolResult strict = Extract("-e", "-d", "call", "strict.raw");
        strict.ExitCode.ShouldBe(1);
        strict.ErrorLines[^1].ShouldBe("extractaudio: cannot load call.o.rtp");
        Exists("strict.raw").ShouldBeFalse();
        Exists("call.a.rtp").ShouldBeTrue();
    }

    [Fact]
    public void Nothing_to_load_is_an_error()
    {
        Write("empty");
        Extract("none", "out.raw").ErrorLines[^1].ShouldBe(
            "extractaudio: cannot load neither none.a.rtp nor none.o.rtp");
        ToolResult result = Extract("-A", "empty", "out.raw");
        result.ErrorLines.ShouldBe(
            ["extractaudio: empty: the file is empty", "extractaudio: cannot load neither empty nor (null)"]);
        result.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void What_is_not_RTP_is_skipped_and_said()
    {
        Write("a", new RecordedCall()
            .AddRaw(1000, [1, 2, 3])
            .AddRaw(1000, new byte[12])
            .Add(1000, 1, 0, new byte[32], payloadType: 3)
            .Add(1000, 2, 160, Loud)
            .ToAdHoc());

        ToolResult result = Extract("-A", "a", "out.raw");

        result.ErrorLines.ShouldBe(
        [
            "rtp_packet_parse_raw() failed: version is not 2",
            "pack->parsed.nsamples = 0",
            "samples decoded: O: 0, A: 160, written: 80",
        ]);
        result.OutputLines[0].ShouldStartWith("pcount=2, ");
    }

    [Fact]
    public void A_fault_that_repeats_is_said_ten_times_and_then_counted()
    {
        RecordedCall call = new RecordedCall().Add(1000, 1, 0, Loud);
        for (int i = 0; i < 500; i++)
        {
            call.Add(1000, i + 2, 0, [1, 2, 3, 4], payloadType: 101);
        }

        Write("a", call.ToAdHoc());

        string[] lines = Extract("-A", "a", "out.raw").ErrorLines;
        lines.Length.ShouldBe(12);
        lines[10].ShouldBe("packets without audio: 490 more");
    }

    [Fact]
    public void Impossible_arrival_times_do_not_make_hours_of_silence()
    {
        Write("a", new RecordedCall()
            .Add(1000, 1, 0, Loud)
            .Add(double.NaN, 2, 160, Loud)
            .Add(1e300, 3, 320, Loud)
            .Add(4e9, 4, 480, Loud)
            .Add(-5, 5, 640, Loud)
            .Add(1000.1, 6, 800, Loud)
            .ToAdHoc());

        ToolResult result = Extract("-A", "a", "out.raw");

        result.ExitCode.ShouldBe(0);
        result.ErrorLines[0].ShouldBe(
            "extractaudio: a: arrival time out of range, not believed (at byte offset 202)");
        ReadSamples("out.raw").Length.ShouldBe(6 * 160); // what they carry is heard
    }

    [Fact]
    public void The_analyser_that_gives_up_ends_the_file()
    {
        Write("a", new RecordedCall()
            .Add(1000, 65_535, 0, Loud)
            .Add(1000.02, 0, 160, Loud)
            .Add(1000.04, 600, 320, Loud)
            .Add(1000.06, 599, 480, Loud)
            .Add(1000.08, 601, 640, Loud)
            .ToAdHoc());

        ToolResult result = Extract("-A", "a", "out.raw");

        result.ErrorLines[0].ShouldBe("extractaudio: a: update_rtpp_stats() failed (at byte offset 606)");
        result.ExitCode.ShouldBe(0); // what was readable before is kept
    }

    [Fact]
    public void A_terminal_shows_a_progress_bar()
    {
        WritePair();

        ToolResult result = Tool.Shell(
            Work, $"TERM=xterm script -qec \"{Tool.ExtractAudio.ExecutablePath} call out.wav\" /dev/null");

        result.Output.ShouldContain("Reading");
        result.Output.ShouldContain("Writing");
        result.Output.ShouldContain("100%");
        result.Output.ShouldContain("samples decoded: O: 1600");
    }

    [Fact]
    public void The_lowest_priority_changes_nothing_else()
    {
        WritePair();
        Extract("-i", "call", "out.raw").ExitCode.ShouldBe(0);
        ReadSamples("out.raw").Length.ShouldBe(1_850);
    }

    [Fact]
    public void Without_a_library_its_packets_are_silent_and_the_package_is_named()
    {
        Write("a", new RecordedCall().Add(1000, 1, 0, new byte[33], 3).Add(1000.02, 2, 160, Loud).ToAdHoc());

        ToolResult result = Tool.ExtractAudio.RunWithoutLibrary(
            "libgsm.so.1", Work, "-F", "raw", "-D", "pcm_16", "-A", "a", "out.raw");

        result.ExitCode.ShouldBe(0);
        result.ErrorLines[0].ShouldEndWith("install the package libgsm1");
        ReadSamples("out.raw")[160..].ShouldAllBe(sample => sample == MuLaw.Decode(0xaf) / 2);
    }

    [Fact]
    public void Without_libsndfile_there_is_no_output_and_the_package_is_named()
    {
        WritePair();

        ToolResult result = Tool.ExtractAudio.RunWithoutLibrary("libsndfile.so.1", Work, "call", "out.wav");

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldBe(
        [
            "extractaudio: out.wav: can't open output file",
            "extractaudio: Audio files not available: cannot load libsndfile.so.1, install the package libsndfile1",
        ]);
    }

    private static byte[] Filled(byte code, int length = 160)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(code);
        return bytes;
    }

    private static IEnumerable<short> Repeat(int sample, int count) => Enumerable.Repeat((short)sample, count);

    /// <summary>Ten packets a side; B begins 1/32 of a second later.</summary>
    private void WritePair()
    {
        RecordedCall answer = new();
        RecordedCall originate = new();
        for (int i = 0; i < 10; i++)
        {
            answer.Add(1000 + (i * 0.02), 50 + i, i * 160, Loud);
            originate.Add(1000.03125 + (i * 0.02), 70 + i, i * 160, Quiet, ssrc: 2);
        }

        Write("call.a.rtp", answer.ToAdHoc());
        Write("call.o.rtp", originate.ToAdHoc());
    }

    private ToolResult Extract(params string[] arguments) =>
        Tool.ExtractAudio.Run(Work, ["-F", "raw", "-D", "pcm_16", .. arguments]);
}
