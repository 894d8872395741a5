using RtpProxy.Codecs.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Codecs;

/// <summary>GSM 06.10 full rate, packed as RTP has it (RFC 3551 section 4.5.8): 160 samples in 33 bytes.</summary>
public sealed class GsmEncoder : IAudioEncoder
{
    private static int FrameBytes => AudioFraming.Gsm.FrameBytes;

    private readonly GsmHandle _state;

    /// <exception cref="CodecLibraryMissingException">libgsm is not installed.</exception>
    public GsmEncoder()
    {
        CodecLibrary.Gsm.Require();
        _state = LibGsm.gsm_create();
    }

    public int FrameSamples => AudioFraming.Gsm.FrameSamples;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> frames)
    {
        int written = 0;
        for (; samples.Length >= FrameSamples; samples = samples[FrameSamples..])
        {
            LibGsm.gsm_encode(_state, in samples[0], ref frames.Slice(written, FrameBytes)[0]);
            written += FrameBytes;
        }

        return written;
    }

    public void Dispose() => _state.Dispose();
}
