using RtpProxy.TestKit.Audio;

namespace RtpProxy.Tools.Tests.ExtractAudio;

/// <summary>An hour takes no more memory than a minute.</summary>
public sealed class LongRecordingTests : ToolTests
{
    private const int PacketsPerMinute = 3_000;
    private const long Megabyte = 1 << 20;

    [Fact]
    public void An_hour_of_both_sides_is_extracted_in_bounded_memory()
    {
        WriteMinutes("minute", 1);
        WriteMinutes("hour", 60);

        long minute = Measure("minute", out _);
        long hour = Measure("hour", out ToolResult result);

        result.Errors.ShouldBe($"samples decoded: O: {60 * 480_000}, A: {60 * 480_000}, written: {(60 * 240_000) + 125}\n");
        new FileInfo(PathOf("hour.raw")).Length.ShouldBe(2 * ((60 * 480_000) + 250));
        hour.ShouldBeLessThan(minute + (24 * Megabyte), $"{minute / Megabyte} MB for a minute, {hour / Megabyte} for an hour");
        hour.ShouldBeLessThan(128 * Megabyte);
    }

    private long Measure(string call, out ToolResult result)
    {
        result = Tool.ExtractAudio.RunMeasured(
            Work, ["-F", "raw", "-D", "pcm_16", call, $"{call}.raw"], out long peak);
        result.ExitCode.ShouldBe(0, result.Errors);
        return peak;
    }

    private void WriteMinutes(string call, int minutes)
    {
        byte[] second = [.. SpeechSignal.Create(8_000).Select(Codecs.G711.MuLaw.Encode)];
        foreach ((string side, uint ssrc, double start) in
            ((string, uint, double)[])[("a", 1, RecordedCall.Start), ("o", 2, RecordedCall.Start + 0.03125)])
        {
            using FileStream file = File.Create(PathOf($"{call}.{side}.rtp"));
            for (int minute = 0; minute < minutes; minute++)
            {
                RecordedCall part = new();
                for (int i = 0; i < PacketsPerMinute; i++)
                {
                    int index = (minute * PacketsPerMinute) + i;
                    byte[] payload = second[(index % 50 * 160)..((index % 50 * 160) + 160)];
                    part.Add(start + (index * 0.020), index, index * 160L, payload, ssrc: ssrc);
                }

                file.Write(part.ToAdHoc());
            }
        }
    }
}
