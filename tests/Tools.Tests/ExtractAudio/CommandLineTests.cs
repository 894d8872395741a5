namespace RtpProxy.Tools.Tests.ExtractAudio;

public sealed class CommandLineTests : ToolTests
{
    private const string Key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"; // of RFC 4568

    public CommandLineTests()
    {
        RecordedCall call = new();
        for (int i = 0; i < 60; i++)
        {
            byte[] payload = new byte[160];
            new Random(i).NextBytes(payload);
            call.Add(1000 + (i * 0.02), i, i * 160, payload);
        }

        Write("call.a.rtp", call.ToAdHoc());
    }

    [Theory]
    [InlineData("")]
    [InlineData("call")]
    [InlineData("-A call.a.rtp")]
    [InlineData("-S")]
    [InlineData("-S call more")]
    [InlineData("-S -A call.a.rtp more")]
    [InlineData("-U 1 call out")]
    public void A_command_line_that_makes_no_sense_gets_the_usage(string arguments)
    {
        ToolResult result = Run(arguments);

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldStartWith(
            "usage: extractaudio [-idsne] [-F file_fmt] [-D data_fmt] rdir outfile [link1] ... [linkN]\n");
    }

    [Theory]
    [InlineData("-x call out", "extractaudio: invalid option -- 'x'")]
    [InlineData("-F", "extractaudio: option requires an argument -- 'F'")]
    [InlineData("--foo", "extractaudio: unrecognized option '--foo'")]
    [InlineData("--alice-crypto", "extractaudio: option '--alice-crypto' requires an argument")]
    [InlineData("-F foo call out", "extractaudio: unknown output file format: \"foo\"")]
    [InlineData("-D foo call out", "extractaudio: unknown output data format: \"foo\"")]
    [InlineData("--alice-crypto foo call out",
        "extractaudio: invalid crypto argument must be in the format \"<suite>:<base64_key>\": foo")]
    [InlineData("--bob-crypto foo:bar call out", "extractaudio: unknown or unsupported crypto suite: foo")]
    [InlineData("--bob=AES_CM_128_HMAC_SHA1_80:abcde call out",
        "extractaudio: invalid length of base64 key encoding, expected 40, supplied 5")]
    [InlineData("--al aes_cm_128_hmac_sha1_32:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGU= call out",
        "extractaudio: error: padding in base64 unexpected")]
    [InlineData("--al aes_cm_128_hmac_sha1_32:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubG*z call out",
        "extractaudio: error: padding in base64 unexpected")]
    public void What_is_wrong_is_said_first(string arguments, string line)
    {
        ToolResult result = Run(arguments);

        result.ExitCode.ShouldBe(1);
        result.ErrorLines[0].ShouldBe(line);
    }

    [Fact]
    public void An_unknown_format_is_answered_with_the_list()
    {
        string[] containers = Run("-F foo call out").ErrorLines;
        containers[1].ShouldBe("Supported file formats:");
        containers[2].ShouldMatch("^    \"wav\"\t- ");
        containers.Length.ShouldBe(2 + 25);

        string[] encodings = Run("-D foo call out").ErrorLines;
        encodings[1].ShouldBe("Supported data formats:");
        encodings.Length.ShouldBe(2 + 24);
    }

    [Fact]
    public void Options_may_be_clustered_and_names_written_in_capitals()
    {
        ToolResult result = Run($"-snFRAW -DPCM_16 --alice-crypto aes_cm_128_hmac_sha1_80:{Key} -A call.a.rtp out.raw");

        result.ExitCode.ShouldBe(0, result.Errors);
        Read("out.raw").Length.ShouldBe(60 * 160 * 2 * 2);
    }

    [Theory]
    [InlineData("-s --side-a call.a.rtp --format raw --data=pcm_16 out")]
    [InlineData("--stereo --no-sync --idle -F raw -D pcm_16 -A call.a.rtp out")]
    [InlineData("--a AES_CM_128_HMAC_SHA1_80:" + Key + " -s -F raw -D pcm_16 --side-a call.a.rtp out")]
    public void Long_options_do_what_the_letters_do(string arguments)
    {
        ToolResult result = Run(arguments);

        result.ExitCode.ShouldBe(0, result.Errors);
        Read("out").Length.ShouldBe(60 * 160 * 2 * 2);
    }

    [Fact]
    public void Help_and_version_are_told_on_standard_output()
    {
        ToolResult help = Run("--help");
        help.ExitCode.ShouldBe(0);
        help.Errors.ShouldBeEmpty();
        help.Output.ShouldStartWith("usage: extractaudio ");
        help.Output.ShouldContain("--alice-crypto SUITE:KEY");

        ToolResult version = Run("--version");
        version.ShouldBe(new ToolResult(0, version.Output, ""));
        version.Output.ShouldMatch("^extractaudio [0-9]+[.][0-9]+[.][0-9]+[^ ]*\n$");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8_193)]
    [InlineData(8_192)]
    public void An_encoding_that_packs_two_samples_into_a_byte_is_written_to_its_end(int samples)
    {
        Write("odd", new RecordedCall().Add(1000, 1, 0, new byte[Math.Min(samples, 4_000)])
            .Add(1000.5, 2, 4_000, new byte[Math.Max(samples - 4_000, 1)]).Add(1001, 3, 8_000, new byte[193]).ToAdHoc());

        ToolResult result = Run("-F raw -D vox_adpcm -A odd out");

        result.ExitCode.ShouldBe(0, result.Errors);
        int written = int.Parse(result.Errors.Split("written: ")[1], System.Globalization.CultureInfo.InvariantCulture);
        Read("out").Length.ShouldBeInRange(written, written + 1);
    }

    [Fact]
    public void Every_combination_that_libsndfile_has_is_written_or_leaves_nothing()
    {
        string[] containers = [.. Run("-F ? x y").ErrorLines[2..].Select(line => line.Split('"')[1])];
        string[] encodings = [.. Run("-D ? x y").ErrorLines[2..].Select(line => line.Split('"')[1])];
        List<string> refused = [];
        foreach (string container in containers)
        {
            foreach (string encoding in encodings)
            {
                StringWriter errors = new();
                int status = new RtpProxy.ExtractAudio.ExtractCommand(
                    new StringWriter(), errors, new RtpProxy.ExtractAudio.NoProgressDisplay()).Run(
                    ["-F", container, "-D", encoding, "-A", PathOf("call.a.rtp"), PathOf("out")]);
                bool exists = errors.ToString().Contains("does not have this encoding", StringComparison.Ordinal);
                Exists("out").ShouldBe(status == 0, $"{container} {encoding}: {errors}");
                if (status != 0 && !exists)
                {
                    refused.Add($"{container} {encoding}");
                }

                File.Delete(PathOf("out"));
            }
        }

        refused.ShouldBe(["aiff dwvw_12"]); // libsndfile opens it and then cannot write it
    }

    [Theory]
    [InlineData("-F wav -D vorbis")]
    [InlineData("-F flac")]
    [InlineData("-F raw -D opus")]
    public void An_impossible_combination_cannot_be_opened(string formats)
    {
        ToolResult result = Run($"{formats} -d call bad.wav");

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldContain("extractaudio: bad.wav: can't open output file");
        Exists("call.a.rtp").ShouldBeTrue();
    }

    [Fact]
    public void An_output_in_a_directory_that_does_not_exist_cannot_be_opened()
    {
        Run("call /nonexist/out.wav").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_full_disk_is_an_error_of_the_output()
    {
        File.CreateSymbolicLink(PathOf("out.raw"), "/dev/full");

        ToolResult result = Run("-F raw -D pcm_16 -d call out.raw");

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldContain("extractaudio: out.raw: can't write output file");
        Exists("call.a.rtp").ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "raw", "alaw double dwvw_12 dwvw_16 dwvw_24 float gsm610 pcm_16 pcm_24 pcm_32 pcm_s8 pcm_u8 ulaw vox_adpcm")]
    [InlineData("", "w64", "alaw double float gsm610 ima_adpcm ms_adpcm pcm_16 pcm_24 pcm_32 pcm_u8 ulaw")]
    [InlineData("", "wav", "alaw g721_32 gsm610 ima_adpcm ms_adpcm pcm_16 pcm_24 pcm_32 pcm_u8 ulaw")]
    [InlineData("-s", "w64", "alaw double float ima_adpcm ms_adpcm pcm_16 pcm_24 pcm_32 pcm_u8 ulaw")]
    [InlineData("-s", "wav", "alaw ima_adpcm ms_adpcm pcm_16 pcm_24 pcm_32 pcm_u8 ulaw")]
    [InlineData("", "ogg", "vorbis")]
    [InlineData("", "flac", "pcm_16 pcm_24")]
    [InlineData("", "caf", "alaw pcm_16")]
    public void Every_combination_of_the_original_is_written(string channels, string container, string encodings)
    {
        foreach (string encoding in encodings.Split(' '))
        {
            ToolResult result = Run($"{channels} -F {container} -D {encoding} -A call.a.rtp out.{container}");

            result.ExitCode.ShouldBe(0, $"{container} {encoding}: {result.Errors}");
            Read($"out.{container}").Length.ShouldBeGreaterThan(500);
        }
    }

    [Theory]
    [InlineData("", 1, 49)]
    [InlineData("-s", 2, 2)]
    public void The_default_is_WAV_with_GSM_for_mono_and_Microsoft_ADPCM_for_stereo(
        string option, byte channels, byte waveFormat)
    {
        Run($"{option} call out.wav").ExitCode.ShouldBe(0);

        byte[] wav = Read("out.wav");
        wav[..4].ShouldBe("RIFF"u8.ToArray());
        wav[20].ShouldBe(waveFormat);
        wav[22].ShouldBe(channels);
        BitConverter.ToInt32(wav, 24).ShouldBe(8_000);
    }

    private ToolResult Run(string arguments) =>
        Tool.ExtractAudio.Run(Work, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
