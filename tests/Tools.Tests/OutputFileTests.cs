using RtpProxy.TestKit.Audio;
using RtpProxy.Tools.Tests.ExtractAudio;

namespace RtpProxy.Tools.Tests;

/// <summary>An output takes its name when it is complete; until then what had the name is as it was.</summary>
public sealed class OutputFileTests : ToolTests
{
    private const string Endless = "-L -l 999999999999 tone.sln out";
    private const string Long = "-F raw -D pcm_16 -A call out.raw";

    public OutputFileTests()
    {
        Write("tone.sln", Bytes(SpeechSignal.Create(8_000)));
        byte[] sound = [.. Enumerable.Repeat((byte)0xaf, 160)];
        Write("call", new RecordedCall()
            .Add(RecordedCall.Start, 0, 0, sound).Add(RecordedCall.Start + 0.02, 1, 160, sound).ToAdHoc());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void A_signal_ends_makeann_and_leaves_the_prompts_of_before(string signal, int status)
    {
        Write("out.0", [1, 2, 3]);

        ToolResult result = Tool.MakeAnn.RunInterrupted(Work, signal, HasBegun("call", "tone.sln"), Endless.Split(' '));

        result.ShouldBe(new ToolResult(status, "", ""));
        Names().ShouldBe(["call", "out.0", "tone.sln"]);
        Read("out.0").ShouldBe([(byte)1, 2, 3]);
    }

    [Theory]
    [InlineData("INT", 130, false)]
    [InlineData("TERM", 143, false)]
    [InlineData("HUP", 129, false)]
    [InlineData("TERM", 143, true)]
    public void A_signal_ends_extractaudio_and_leaves_what_was_there(string signal, int status, bool isNew)
    {
        WriteLongCall();
        if (!isNew)
        {
            Write("out.raw", [1, 2, 3]);
        }

        ToolResult result = Tool.ExtractAudio.RunInterrupted(
            Work, signal, HasBegun("call", "tone.sln"), Long.Split(' '));

        result.ExitCode.ShouldBe(status);
        Names().ShouldBe(isNew ? ["call", "tone.sln"] : ["call", "out.raw", "tone.sln"]);
        if (!isNew)
        {
            Read("out.raw").ShouldBe([(byte)1, 2, 3]);
        }
    }

    [Fact]
    public void A_signal_ends_makeann_that_waits_for_the_reader_of_a_pipe()
    {
        Tool.Shell(Work, "mkfifo out.8").ExitCode.ShouldBe(0);

        ToolResult result = Tool.MakeAnn.RunInterrupted(
            Work, "TERM", HasBegun("call", "tone.sln", "out.8"), "tone.sln", "out");

        result.ExitCode.ShouldBe(143);
        Names().ShouldBe(["call", "out.8", "tone.sln"]);
    }

    [Fact]
    public void What_fails_leaves_the_files_of_before()
    {
        Directory.CreateDirectory(PathOf("out.8"));
        Write("out.0", [1, 2, 3]);
        Write("out.wav", [4, 5, 6]);
        Write("silent", new RecordedCall().Add(RecordedCall.Start, 0, 0, new byte[24], payloadType: 4).ToAdHoc());

        Tool.MakeAnn.Run(Work, "tone.sln", "out").ExitCode.ShouldBe(1);
        Tool.ExtractAudio.Run(Work, "-A", "silent", "out.wav").ExitCode.ShouldBe(1);
        Tool.ExtractAudio.Run(Work, "-F", "flac", "-D", "opus", "-A", "call", "out.wav").ExitCode.ShouldBe(2);

        Read("out.0").ShouldBe([(byte)1, 2, 3]);
        Read("out.wav").ShouldBe([(byte)4, 5, 6]);
        Names().ShouldBe(["call", "out.0", "out.8", "out.wav", "silent", "tone.sln"]);
    }

    [Theory]
    [InlineData("", "644")]
    [InlineData("echo old > out.raw; chmod 640 out.raw", "640")]
    [InlineData("echo old > out.raw; chmod 666 out.raw", "666")]
    [InlineData("echo old > real; chmod 600 real; ln -s real out.raw", "600")]
    [InlineData("ln -s real out.raw", "644")]
    [InlineData("echo old > real; ln real out.raw", "644")]
    public void The_new_file_has_the_mode_and_the_names_of_the_old(string before, string mode)
    {
        Tool.Shell(Work, $"umask 022; {before}").ExitCode.ShouldBe(0);

        Tool.Shell(Work, $"umask 022; {Tool.ExtractAudio.ExecutablePath} {Long}").ExitCode.ShouldBe(0);

        Tool.Shell(Work, "stat -L -c %a out.raw").Output.ShouldBe($"{mode}\n");
        Read("out.raw").Length.ShouldBe(640);
        if (before.Contains("real", StringComparison.Ordinal))
        {
            Read("real").Length.ShouldBe(640);
        }

        Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TOOL /dev/stdout > all")]
    [InlineData("(TOOL /dev/stdout) | cat > all")]
    [InlineData("(TOOL /dev/fd/3) 3> all")]
    [InlineData("mkfifo pipe; cat pipe > all & TOOL pipe; wait")]
    [InlineData("TOOL /dev/null; head -c 640 /dev/zero > all")]
    public void What_is_no_ordinary_file_is_written_directly(string script)
    {
        string tool = $"{Tool.ExtractAudio.ExecutablePath} -F raw -D pcm_16 -A call";
        Tool.Shell(Work, script.Replace("TOOL", tool, StringComparison.Ordinal)).ExitCode.ShouldBe(0);

        new FileInfo(PathOf("all")).Length.ShouldBeGreaterThanOrEqualTo(640);
        Names().Where(name => name.EndsWith(".tmp", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("INT")]
    public void A_signal_that_the_shell_has_the_tools_ignore_ends_none(string signal)
    {
        ToolResult result = Tool.Shell(Work, $$"""
            (trap '' {{signal}}; exec {{Tool.MakeAnn.ExecutablePath}} {{Endless}}) & tool=$!
            until ls -A | grep -q tmp; do sleep 0.02; done
            kill -s {{signal}} $tool
            kill -s {{signal}} $tool
            sleep 0.2
            kill -s TERM $tool
            wait $tool
            """);

        result.ExitCode.ShouldBe(143, result.Errors);
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private string[] Names() => Sorted(Directory.EnumerateFileSystemEntries(Work).Select(path => Path.GetFileName(path)));

    /// <summary>Something has been written that was not there.</summary>
    private Func<bool> HasBegun(params string[] inputs)
    {
        HashSet<string> before = [.. Names()];
        return () => Directory.EnumerateFiles(Work).Any(path => !inputs.Contains(Path.GetFileName(path))
            && (!before.Contains(Path.GetFileName(path)) || new FileInfo(path).Length != 3));
    }

    /// <summary>Hours of silence between packets, so that writing takes its time.</summary>
    private void WriteLongCall()
    {
        RecordedCall call = new();
        byte[] sound = [.. Enumerable.Repeat((byte)0xaf, 160)];
        for (int i = 0; i < 150_000; i++)
        {
            call.Add(RecordedCall.Start + (i * 0.02), i, i * 160L, sound);
        }

        Write("call", call.ToAdHoc());
    }
}
