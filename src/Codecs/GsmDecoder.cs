using RtpProxy.Codecs.Interop;
using RtpProxy.Rtp;

namespace RtpProxy.Codecs;

/// <summary>
/// GSM 06.10 full rate: whole frames of 33 bytes, 160 samples each; what is left over is not a frame and is passed over.
/// </summary>
public sealed class GsmDecoder : IAudioDecoder
{
    private static int FrameBytes => AudioFraming.Gsm.FrameBytes;
    private static int FrameSamples => AudioFraming.Gsm.FrameSamples;

    private readonly GsmHandle _state;

    /// <exception cref="CodecLibraryMissingException">libgsm is not installed.</exception>
    public GsmDecoder()
    {
        CodecLibrary.Gsm.Require();
        _state = LibGsm.gsm_create();
    }

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        int written = 0;
        while (payload.Length >= FrameBytes && written + FrameSamples <= IAudioDecoder.MaxSamples)
        {
            Span<short> frame = samples.Slice(written, FrameSamples);
            if (LibGsm.gsm_decode(_state, in payload[0], ref frame[0]) != 0)
            {
                frame.Clear(); // no GSM frame: its time passes in silence
            }

            written += FrameSamples;
            payload = payload[FrameBytes..];
        }

        return written;
    }

    public void Dispose() => _state.Dispose();
}
