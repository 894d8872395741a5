using RtpProxy.Codecs.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Codecs;

/// <summary>
/// ITU-T G.729 with Annex B: frames of 10 bytes, then at most one comfort noise frame of two (RFC 3551 section 4.5.6), 80
/// samples each, at most 51 of a payload. Any other length belongs to another annex and is not decoded.
/// </summary>
public sealed class G729Decoder : IAudioDecoder
{
    private static int SpeechBytes => AudioFraming.G729.FrameBytes;
    private const int ComfortNoiseBytes = 2;
    private static int FrameSamples => AudioFraming.G729.FrameSamples;

    private readonly Bcg729DecoderHandle _state;

    /// <exception cref="CodecLibraryMissingException">libbcg729 is not installed.</exception>
    public G729Decoder()
    {
        CodecLibrary.Bcg729.Require();
        _state = LibBcg729.initBcg729DecoderChannel();
    }

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        if (payload.Length % SpeechBytes is not (0 or ComfortNoiseBytes))
        {
            return 0;
        }

        int written = 0;
        while (!payload.IsEmpty && written + FrameSamples <= IAudioDecoder.MaxSamples)
        {
            bool isSpeech = payload.Length >= SpeechBytes;
            int length = isSpeech ? SpeechBytes : ComfortNoiseBytes;
            LibBcg729.bcg729Decoder(
                _state,
                in payload[0],
                (byte)length,
                frameErasureFlag: 0,
                SIDFrameFlag: isSpeech ? (byte)0 : (byte)1,
                rfc3389PayloadFlag: 0,
                ref samples.Slice(written, FrameSamples)[0]);
            written += FrameSamples;
            payload = payload[length..];
        }

        return written;
    }

    public void Dispose() => _state.Dispose();
}
