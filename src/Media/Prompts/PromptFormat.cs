using System.Globalization;
using RtpProxy.Rtp;

namespace RtpProxy.Media.Prompts;

/// <summary>
/// How the frames of a codec lie in a prompt file (media rules, section 6): one after another, without any header. All
/// supported codecs count 8 RTP timestamp units a millisecond.
/// </summary>
/// <param name="PayloadType">Static payload type, which is also the suffix of the file.</param>
/// <param name="FrameBytes">Bytes of one frame, or of a millisecond where frames are shorter.</param>
/// <param name="FrameMilliseconds">Duration of that.</param>
public readonly record struct PromptFormat(PayloadType PayloadType, int FrameBytes, int FrameMilliseconds)
{
    /// <summary>Packet duration in milliseconds when the signalling has not set one.</summary>
    public const int DefaultPacketMilliseconds = 10;

    /// <summary>
    /// The layout of a payload type; null when its frames are not known, so that a prompt of it is never sent.
    /// </summary>
    public static PromptFormat? For(PayloadType payloadType)
    {
        // Of G.723.1 the 6.3 kbit/s frames only.
        AudioFraming? frame = AudioFraming.Of(payloadType)?.Holding(AudioFraming.SamplesPerMillisecond);
        return frame is var (bytes, samples)
            ? new PromptFormat(payloadType, bytes, samples / AudioFraming.SamplesPerMillisecond)
            : null;
    }

    /// <summary>Path of the prompt <paramref name="name"/> in this codec: <c>hold.8</c> for <c>hold</c> in PCMA.</summary>
    public static string FileName(string name, PayloadType payloadType) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}.{payloadType.Value}");

    /// <summary>Packets of the shortest duration that is a whole number of frames and not below the wanted one.</summary>
    /// <param name="wantedMilliseconds">The ptime asked for; below 1 counts as 1.</param>
    public PromptPacket Packet(int wantedMilliseconds)
    {
        int frames = (Math.Max(wantedMilliseconds, 1) + FrameMilliseconds - 1) / FrameMilliseconds;
        int milliseconds = frames * FrameMilliseconds;
        return new PromptPacket(milliseconds, frames * FrameBytes, milliseconds * AudioFraming.SamplesPerMillisecond);
    }
}
