namespace RtpProxy.Codecs;

/// <summary>Turns linear samples of 16 bits at 8 kHz into frames of a codec.</summary>
/// <remarks>Keeps the state of the codec from frame to frame; for one thread.</remarks>
public interface IAudioEncoder : IDisposable
{
    /// <summary>Samples of one frame; input comes in multiples of it.</summary>
    int FrameSamples { get; }

    /// <summary>Encodes whole frames.</summary>
    /// <param name="samples">A multiple of <see cref="FrameSamples"/>.</param>
    /// <param name="frames">Room for one byte per sample.</param>
    /// <returns>Bytes written.</returns>
    int Encode(ReadOnlySpan<short> samples, Span<byte> frames);
}
