using RtpProxy.Codecs.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Codecs;

/// <summary>ITU-T G.729 Annex A: 80 samples in 10 bytes.</summary>
public sealed class G729Encoder : IAudioEncoder
{
    private static int FrameBytes => AudioFraming.G729.FrameBytes;

    private readonly Bcg729EncoderHandle _state;

    /// <param name="detectVoice">
    /// Annex B: frames without voice take two bytes or none, so that the frames of a file cannot be told apart any more.
    /// </param>
    /// <exception cref="CodecLibraryMissingException">libbcg729 is not installed.</exception>
    public G729Encoder(bool detectVoice = false)
    {
        CodecLibrary.Bcg729.Require();
        _state = LibBcg729.initBcg729EncoderChannel(detectVoice ? (byte)1 : (byte)0);
    }

    public int FrameSamples => AudioFraming.G729.FrameSamples;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> frames)
    {
        int written = 0;
        for (; samples.Length >= FrameSamples; samples = samples[FrameSamples..])
        {
            byte length = 0;
            LibBcg729.bcg729Encoder(_state, in samples[0], ref frames.Slice(written, FrameBytes)[0], ref length);
            written += length;
        }

        return written;
    }

    public void Dispose() => _state.Dispose();
}
