using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs;

/// <summary>
/// ITU-T G.722 at 64 kbit/s, only the lower sub-band: one sample of 8 kHz per byte, at most
/// <see cref="IAudioDecoder.MaxSamples"/> of a payload.
/// </summary>
public sealed class G722Decoder : IAudioDecoder
{
    private const int BitRate = 64_000;

    private readonly G722DecoderHandle _state;

    /// <exception cref="CodecLibraryMissingException">libspandsp is not installed.</exception>
    public G722Decoder()
    {
        CodecLibrary.SpanDsp.Require();
        _state = LibSpanDsp.g722_decode_init(0, BitRate, LibSpanDsp.G722_SAMPLE_RATE_8000);
    }

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        int count = Math.Min(payload.Length, IAudioDecoder.MaxSamples);
        return count == 0
            ? 0
            : LibSpanDsp.g722_decode(_state, ref samples[..count][0], in payload[0], count);
    }

    public void Dispose() => _state.Dispose();
}
