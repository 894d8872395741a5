using RtpProxy.Codecs.G711;
using RtpProxy.TestKit.Audio;

namespace RtpProxy.Tools.Tests.MakeAnn;

public sealed class MakeAnnTests : ToolTests
{
    private const string Usage = "usage: makeann [-l limit [-L]] infile [outfile_template]\n";

    private static readonly string[] Suffixes = [".0", ".3", ".8", ".9", ".18"];

    public MakeAnnTests()
    {
        Write("tone.sln", Bytes(SpeechSignal.Create(8_000)));
        Write("short.sln", Bytes(SpeechSignal.Create(250)));
        Write("empty.sln");
        Write("odd.sln", [1, 2, 3, 4, 5]);
        Write("same.8", [1, 2, 3, 4]);
        Write("tiny.sln", Bytes(SpeechSignal.Create(100)));
    }

    [Theory]
    [InlineData("tone.sln out", 8000, 1650, 8000, 8000, 1000)]
    [InlineData("short.sln out", 250, 66, 250, 320, 40)]
    [InlineData("-l 100 short.sln out", 100, 33, 100, 160, 20)]
    [InlineData("-l 1000 short.sln out", 250, 66, 250, 320, 40)]
    [InlineData("-L -l 1000 short.sln out", 1000, 231, 1000, 1120, 140)]
    [InlineData("-Ll1000 short.sln out", 1000, 231, 1000, 1120, 140)]
    [InlineData("short.sln out -L -l 1000", 1000, 231, 1000, 1120, 140)]
    [InlineData("-l 10abc short.sln out", 10, 33, 10, 160, 20)]
    [InlineData("-- short.sln out", 250, 66, 250, 320, 40)]
    [InlineData("odd.sln out", 2, 33, 2, 160, 20)]
    [InlineData("--loop --limit=1000 short.sln out", 1000, 231, 1000, 1120, 140)]
    [InlineData("--limit 100 short.sln out", 100, 33, 100, 160, 20)]
    [InlineData("-l 99999999999999999999 short.sln out", 250, 66, 250, 320, 40)]
    public void Every_codec_has_its_file_of_the_right_size(string arguments, params int[] sizes)
    {
        ToolResult result = Tool.MakeAnn.Run(Work, arguments.Split(' '));

        result.ShouldSatisfyAllConditions(
            () => result.ExitCode.ShouldBe(0),
            () => result.Errors.ShouldBeEmpty());
        Suffixes.Select(suffix => Read($"out{suffix}").Length).ShouldBe(sizes);
    }

    [Fact]
    public void A_block_is_completed_from_the_beginning_once()
    {
        // 100 samples give blocks of 100 + 60, 40 + 100, 0 + 100 and 0 + 100; the last three are filled with silence.
        ToolResult result = Tool.MakeAnn.Run(Work, "-L", "-l", "500", "tiny.sln", "out");

        result.ExitCode.ShouldBe(0);
        Read("out.0").Length.ShouldBe(500);
        byte[] once = [.. Samples(Read("tiny.sln")).Select(MuLaw.Encode)];
        Read("out.0").ShouldBe([.. once, .. once, .. once, .. once, .. once]);
        (Read("out.3").Length / 33).ShouldBe(4);
    }

    [Fact]
    public void The_template_is_the_input_unless_given()
    {
        Tool.MakeAnn.Run(Work, "short.sln").ExitCode.ShouldBe(0);

        Suffixes.ShouldAllBe(suffix => Exists($"short.sln{suffix}"));
    }

    [Fact]
    public void What_was_written_is_said()
    {
        ToolResult result = Tool.MakeAnn.Run(Work, "short.sln", "out");

        result.OutputLines.ShouldBe(
        [
            "input: 8000 Hz, 16 bits, mono, no header, 0.031 seconds",
            "out.0: PCMU, 250 bytes",
            "out.3: GSM 06.10, 66 bytes",
            "out.18: G.729, 40 bytes",
            "out.8: PCMA, 250 bytes",
            "out.9: G.722, 320 bytes",
        ]);
    }

    [Fact]
    public void G711_files_hold_one_code_per_sample()
    {
        Tool.MakeAnn.Run(Work, "tone.sln", "out").ExitCode.ShouldBe(0);

        short[] samples = ReadSamples("tone.sln");
        Read("out.0").SequenceEqual(samples.Select(MuLaw.Encode)).ShouldBeTrue();
        Read("out.8").SequenceEqual(samples.Select(ALaw.Encode)).ShouldBeTrue();
    }

    [Fact]
    public void GSM_frames_have_their_signature_and_G722_its_constant_upper_band()
    {
        Tool.MakeAnn.Run(Work, "tone.sln", "out").ExitCode.ShouldBe(0);

        Read("out.3").Chunk(33).ShouldAllBe(frame => frame[0] >> 4 == 0xd);
        Read("out.9").ShouldAllBe(code => (code & 0xc0) == 0xc0);
    }

    [Fact]
    public void Existing_files_are_overwritten()
    {
        Write("out.0", new byte[9_999]);

        Tool.MakeAnn.Run(Work, "short.sln", "out").ExitCode.ShouldBe(0);

        Read("out.0").Length.ShouldBe(250);
    }

    [Theory]
    [InlineData("", Usage)]
    [InlineData("a b c", Usage)]
    [InlineData("-x a", "makeann: invalid option -- 'x'\n" + Usage)]
    [InlineData("--nothing a", "makeann: unrecognized option '--nothing'\n" + Usage)]
    [InlineData("--loop=2 a", "makeann: option '--loop' doesn't allow an argument\n" + Usage)]
    [InlineData("--l=2 a", "makeann: option '--l' is ambiguous; possibilities: '--limit' '--loop'\n" + Usage)]
    [InlineData("-l", "makeann: option requires an argument -- 'l'\n" + Usage)]
    [InlineData("-l text short.sln", "makeann: limit parameter have to be a number greater than zero\n")]
    [InlineData("-l 0 short.sln", "makeann: limit parameter have to be a number greater than zero\n")]
    [InlineData("-l -5 short.sln", "makeann: limit parameter have to be a number greater than zero\n")]
    [InlineData("-L short.sln", "makeann: limit have to be specified in the loop mode\n")]
    [InlineData("nofile", "makeann: can't open nofile for reading: No such file or directory\n")]
    [InlineData("./same.8 same", "makeann: can't open same.8 for writing: it is the input\n")]
    [InlineData("short.sln /nonexist/x", "makeann: can't open /nonexist/x.0 for writing: No such file or directory\n")]
    public void What_is_wrong_is_said_in_the_words_of_the_original(string arguments, string errors)
    {
        ToolResult result = Tool.MakeAnn.Run(Work, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        result.ShouldBe(new ToolResult(1, "", errors));
    }

    [Theory]
    [InlineData("ln -s tone.sln out.8")]
    [InlineData("ln tone.sln out.8")]
    public void The_input_is_not_written_over_by_another_name(string command)
    {
        byte[] tone = Read("tone.sln");
        Tool.Shell(Work, command).ExitCode.ShouldBe(0);

        Tool.MakeAnn.Run(Work, "tone.sln", "out")
            .ShouldBe(new ToolResult(1, "", "makeann: can't open out.8 for writing: it is the input\n"));

        Read("tone.sln").ShouldBe(tone);
    }

    [Theory]
    [InlineData("empty.sln")]
    [InlineData("-L -l 1000 empty.sln")]
    [InlineData("byte.sln")]
    public void An_input_without_audio_is_refused_and_leaves_what_was_there(string arguments)
    {
        Write("byte.sln", [7]);
        Write("out.0", [1, 2, 3]);

        ToolResult result = Tool.MakeAnn.Run(Work, [.. arguments.Split(' '), "out"]);

        string input = arguments.Split(' ')[^1];
        result.ShouldBe(new ToolResult(1, "", $"makeann: can't open {input} for reading: it holds no audio\n"));
        Read("out.0").ShouldBe([(byte)1, 2, 3]);
        Exists("out.8").ShouldBeFalse();
    }

    [Fact]
    public void Help_and_version_are_told_on_standard_output()
    {
        ToolResult help = Tool.MakeAnn.Run(Work, "--help");
        help.ExitCode.ShouldBe(0);
        help.Errors.ShouldBeEmpty();
        help.Output.ShouldStartWith(Usage);
        foreach (string option in (string[])["-l, --limit", "-L, --loop", "-v, --vad", "--help", "--version"])
        {
            help.Output.ShouldContain(option);
        }

        ToolResult version = Tool.MakeAnn.Run(Work, "--version");
        version.ShouldBe(new ToolResult(0, version.Output, ""));
        version.Output.ShouldMatch("^makeann [0-9]+[.][0-9]+[.][0-9]+[^ ]*\n$");
    }

    [Fact]
    public void An_output_that_cannot_be_made_takes_the_others_with_it()
    {
        Directory.CreateDirectory(PathOf("out.8"));

        ToolResult result = Tool.MakeAnn.Run(Work, "tone.sln", "out");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe("makeann: can't open out.8 for writing: Is a directory\n");
        Suffixes.Where(suffix => File.Exists(PathOf($"out{suffix}"))).ShouldBeEmpty();
    }

    [Fact]
    public void What_was_written_when_the_disk_became_full_is_removed()
    {
        File.CreateSymbolicLink(PathOf("out.9"), "/dev/full");

        Tool.MakeAnn.Run(Work, "tone.sln", "out").ExitCode.ShouldBe(1);

        Suffixes.Where(IsThere).ShouldBe([".9"]); // the device is left alone

        bool IsThere(string suffix) =>
            new FileInfo(PathOf($"out{suffix}")).LinkTarget is not null || Exists($"out{suffix}");
    }

    [Fact]
    public void A_terminal_shows_how_far_the_work_is_and_a_pipe_does_not()
    {
        Write("long.sln", new byte[16_000 * 120]);

        ToolResult terminal = Tool.Shell(
            Work, $"TERM=xterm script -qec \"{Tool.MakeAnn.ExecutablePath} long.sln out\" /dev/null");
        terminal.Output.ShouldContain("Encoding ");
        terminal.Output.ShouldContain("%");
        terminal.Output.ShouldContain("out.8: PCMA, 960000 bytes");

        Tool.MakeAnn.Run(Work, "long.sln", "out").Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_full_disk_is_an_error()
    {
        File.CreateSymbolicLink(PathOf("out.0"), "/dev/full");

        ToolResult result = Tool.MakeAnn.Run(Work, "tone.sln", "out");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe("makeann: can't write to out.0: No space left on device\n");
    }

    [Fact]
    public void Voice_activity_detection_is_warned_of_and_makes_shorter_files()
    {
        Write("pause.sln", Bytes(SpeechSignal.Create(8_000).Concat(new short[16_000])));

        ToolResult result = Tool.MakeAnn.Run(Work, "-v", "pause.sln", "out");

        result.ExitCode.ShouldBe(0);
        result.Errors.ShouldBe("makeann: VAD enable (-v) is for debugging purposes only, "
            + "produced stream may not play correctly\n");
        Read("out.18").Length.ShouldBeInRange(1_000, 2_000);
    }

    [Theory]
    [InlineData("libgsm.so.1", ".3", "libgsm1")]
    [InlineData("libbcg729.so.0", ".18", "libbcg729-0")]
    [InlineData("libspandsp.so.2", ".9", "libspandsp2")]
    public void A_missing_library_costs_only_its_own_file(string library, string suffix, string package)
    {
        ToolResult result = Tool.MakeAnn.RunWithoutLibrary(library, Work, "short.sln", "out");

        result.ExitCode.ShouldBe(0);
        result.ErrorLines.ShouldHaveSingleItem().ShouldEndWith($"install the package {package}");
        Suffixes.Where(one => !Exists($"out{one}")).ShouldBe([suffix]);
    }
}
