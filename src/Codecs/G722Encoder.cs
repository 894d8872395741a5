using RtpProxy.Codecs.Interop;

namespace RtpProxy.Codecs;

/// <summary>
/// ITU-T G.722 at 64 kbit/s from narrow-band input: only the lower sub-band is coded, the two bits of the upper one are set.
/// One byte per sample of 8 kHz.
/// </summary>
public sealed class G722Encoder : IAudioEncoder
{
    private const int BitRate = 64_000;

    private readonly G722EncoderHandle _state;

    /// <exception cref="CodecLibraryMissingException">libspandsp is not installed.</exception>
    public G722Encoder()
    {
        CodecLibrary.SpanDsp.Require();
        _state = LibSpanDsp.g722_encode_init(0, BitRate, LibSpanDsp.G722_SAMPLE_RATE_8000);
    }

    public int FrameSamples => 1;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> frames)
    {
        if (samples.IsEmpty)
        {
            return 0;
        }

        return LibSpanDsp.g722_encode(_state, ref frames[..samples.Length][0], in samples[0], samples.Length);
    }

    public void Dispose() => _state.Dispose();
}
