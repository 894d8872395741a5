using RtpProxy.Media.Prompts;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Playback;

/// <summary>A prompt in memory: raw codec frames without a header. Immutable; shared by any number of players.</summary>
/// <param name="Name">As the controller wrote it, without the suffix.</param>
/// <param name="PayloadType">RTP payload type of the frames.</param>
/// <param name="Frames">The whole file.</param>
/// <param name="RateHz">Samples a second of the file that it was made of, above zero: places in it are told in them.</param>
public sealed record Prompt(string Name, byte PayloadType, ReadOnlyMemory<byte> Frames, int RateHz = Prompt.TelephoneRateHz)
{
    private const int TelephoneRateHz = 8_000;
    private const int MillisecondsPerSecond = 1_000;

    /// <summary>How long it plays, once; 0 where the frames of its codec are not known.</summary>
    public long Milliseconds => MillisecondsAt(Frames.Length);

    private PromptFormat? Format => PromptFormat.For(new PayloadType(PayloadType));

    /// <summary>The sample that begins at a byte.</summary>
    public long SampleAt(int position) => MillisecondsAt(position) * RateHz / MillisecondsPerSecond;

    /// <summary>Where the frame with a sample begins, in bytes; null behind the end.</summary>
    public int? PositionOf(long sample)
    {
        if (Format is not { } format || sample < 0 || sample / RateHz > Milliseconds / MillisecondsPerSecond)
        {
            return null;
        }

        long position = sample * MillisecondsPerSecond / RateHz / format.FrameMilliseconds * format.FrameBytes;
        return position < Frames.Length ? (int)position : null;
    }

    private long MillisecondsAt(int position) =>
        Format is { } format ? (long)position / format.FrameBytes * format.FrameMilliseconds : 0;
}
