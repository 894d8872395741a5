namespace RtpProxy.Rtp;

/// <summary>
/// How the frames of an audio codec lie in a payload, one after another without any header (RFC 3551 section 4.5): the table
/// that whoever counts, cuts, plays or decodes payloads reads.
/// </summary>
/// <param name="FrameBytes">Bytes of one frame, of the longest if they differ.</param>
/// <param name="FrameSamples">RTP timestamp units of one frame; all these codecs count 8 of them a millisecond.</param>
public readonly record struct AudioFraming(int FrameBytes, int FrameSamples)
{
    /// <summary>RTP timestamp units a millisecond.</summary>
    public const int SamplesPerMillisecond = 8;

    /// <summary>G.711: a byte a sample. G.722 too, whose RTP clock runs at 8 kHz (RFC 3551 section 4.5.2).</summary>
    public static AudioFraming ByteASample => new(1, 1);

    /// <summary>GSM 06.10 full rate: 20 ms.</summary>
    public static AudioFraming Gsm => new(33, 160);

    /// <summary>G.723.1: 30 ms, at 6.3 kbit/s; <see cref="PayloadType.G723FrameBytes"/> tells the length of others.</summary>
    public static AudioFraming G723 => new(24, 240);

    /// <summary>G.729 and G.729A: 10 ms; a silence frame, the last of a payload, is shorter.</summary>
    public static AudioFraming G729 => new(10, 80);

    /// <summary>The framing of a static payload type; null when it is not known.</summary>
    public static AudioFraming? Of(PayloadType payloadType) => payloadType.Value switch
    {
        0 or 8 or 9 => ByteASample,
        3 => Gsm,
        4 => G723,
        18 => G729,
        _ => null,
    };

    /// <summary>As many frames as hold so many samples, as one.</summary>
    /// <param name="samples">1 or more; what is no whole number of frames is rounded up.</param>
    public AudioFraming Holding(int samples)
    {
        int frames = (samples + FrameSamples - 1) / FrameSamples;
        return new AudioFraming(frames * FrameBytes, frames * FrameSamples);
    }
}
