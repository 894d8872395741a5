using RtpProxy.ExtractAudio;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>A recording cut anywhere gives what was readable before the cut, and the place of the cut.</summary>
public sealed class BrokenFileTests : ToolTests
{
    private const int PayloadLength = 20;

    private readonly RecordedCall _call = new();

    public BrokenFileTests()
    {
        for (int i = 0; i < 4; i++)
        {
            byte[] payload = new byte[PayloadLength];
            payload.AsSpan().Fill((byte)(0x80 + i));
            _call.Add(1000 + (i * 0.0025), i, i * PayloadLength, payload);
        }
    }

    [Theory]
    [InlineData(false, 0, 62)]
    [InlineData(true, 24, 90)]
    public void Every_cut_gives_the_whole_packets_before_it(bool isPcap, int headerLength, int recordLength)
    {
        byte[] whole = isPcap ? _call.ToPcap() : _call.ToAdHoc();
        whole.Length.ShouldBe(headerLength + (4 * recordLength));
        for (int length = 0; length <= whole.Length; length++)
        {
            Write("cut", whole[..length]);
            File.Delete(PathOf("out.raw"));
            StringWriter errors = new();
            int exitCode = new ExtractCommand(new StringWriter(), errors, new NoProgressDisplay())
                .Run(["-F", "raw", "-D", "pcm_16", "-A", PathOf("cut"), PathOf("out.raw")]);

            AssertCut(length, headerLength, recordLength, exitCode, errors.ToString());
        }
    }

    [Theory]
    [InlineData(false, 0, 62)]
    [InlineData(true, 24, 90)]
    public void The_executable_reports_a_cut_alike(bool isPcap, int headerLength, int recordLength)
    {
        byte[] whole = isPcap ? _call.ToPcap() : _call.ToAdHoc();
        for (int length = 1; length < whole.Length; length += 13)
        {
            Write("cut", whole[..length]);
            File.Delete(PathOf("out.raw"));
            ToolResult result = Tool.ExtractAudio.Run(Work, "-F", "raw", "-D", "pcm_16", "-A", "cut", "out.raw");

            AssertCut(length, headerLength, recordLength, result.ExitCode, result.Errors);
        }
    }

    [Fact]
    public void A_broken_side_is_not_enough_when_both_are_needed()
    {
        Write("call.a.rtp", _call.ToAdHoc());
        Write("call.o.rtp", _call.ToAdHoc()[..^1]);

        ToolResult result = Tool.ExtractAudio.Run(Work, "-e", "call", "out.wav");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldBe(
        [
            "extractaudio: call.o.rtp: input file truncated, 1 bytes are missing (at byte offset 186)",
            "extractaudio: cannot load call.o.rtp",
        ]);
    }

    [Fact]
    public void A_broken_file_is_not_deleted()
    {
        Write("call.a.rtp", _call.ToAdHoc());
        Write("call.o.rtp", _call.ToAdHoc()[..^1]);

        ToolResult result = Tool.ExtractAudio.Run(Work, "-d", "call", "out.wav");

        result.ExitCode.ShouldBe(0);
        Exists("call.a.rtp").ShouldBeFalse();
        Exists("call.o.rtp").ShouldBeTrue();
        result.ErrorLines[^1].ShouldBe("extractaudio: call.o.rtp not deleted, it could not be read to its end");
    }

    [Theory]
    [InlineData("./call.a.rtp")]
    [InlineData("symbolic")]
    [InlineData("hard")]
    public void The_output_is_not_written_over_a_recording(string output)
    {
        Write("call.a.rtp", _call.ToAdHoc());
        Tool.Shell(Work, "ln -s call.a.rtp symbolic; ln call.a.rtp hard").ExitCode.ShouldBe(0);

        ToolResult result = Tool.ExtractAudio.Run(Work, "call", output);

        result.ExitCode.ShouldBe(2);
        result.ErrorLines[^1].ShouldBe("extractaudio: it is one of the recordings");
        Read("call.a.rtp").ShouldBe(_call.ToAdHoc());
    }

    [Theory]
    [InlineData(4, 3, "unsupported version of the PCAP: 3.4 (at byte offset 0)")]
    [InlineData(20, 105, "unsupported data-link type in the PCAP: 105 (at byte offset 0)")]
    public void A_capture_of_another_kind_is_refused(int offset, byte value, string message)
    {
        byte[] file = _call.ToPcap();
        file[offset] = value;
        Write("cap", file);

        ToolResult result = Tool.ExtractAudio.Run(Work, "-A", "cap", "out.wav");

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldBe(
            [$"extractaudio: cap: {message}", "extractaudio: cannot load neither cap nor (null)"]);
    }

    [Fact]
    public void Random_damage_is_survived()
    {
        Random random = new(11);
        for (int i = 0; i < 1_500; i++)
        {
            byte[] damaged = i % 2 == 0 ? _call.ToAdHoc() : _call.ToPcap();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                damaged[random.Next(i % 4 < 2 ? 60 : 0, damaged.Length)] = (byte)random.Next(256);
            }

            Write("damaged", damaged);
            int exitCode = new ExtractCommand(new StringWriter(), new StringWriter(), new NoProgressDisplay())
                .Run(["-n", "-F", "raw", "-D", "pcm_16", "-A", PathOf("damaged"), PathOf("out.raw")]);
            exitCode.ShouldBeInRange(0, 1);
        }
    }

    private void AssertCut(int length, int headerLength, int recordLength, int exitCode, string errors)
    {
        int inRecords = Math.Max(length - headerLength, 0);
        int packets = inRecords / recordLength;
        bool isWhole = length >= headerLength && inRecords % recordLength == 0;
        string about = $"{length} bytes: {errors}";

        exitCode.ShouldBe(packets > 0 ? 0 : 1, about);
        if (length > 0)
        {
            int offset = length < headerLength ? 0 : headerLength + (packets * recordLength);
            errors.Contains($"(at byte offset {offset})", StringComparison.Ordinal).ShouldBe(!isWhole, about);
        }

        int expected = packets * PayloadLength * sizeof(short);
        (Exists("out.raw") ? Read("out.raw").Length : 0).ShouldBe(expected, about);
    }
}
