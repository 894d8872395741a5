namespace RtpProxy.Codecs;

/// <summary>Turns the payloads of one RTP stream, in order, into linear samples of 16 bits at 8 kHz.</summary>
/// <remarks>Keeps the state of the codec from payload to payload; for one thread.</remarks>
public interface IAudioDecoder : IDisposable
{
    /// <summary>Room that <see cref="Decode"/> needs; more than that is never made of one payload.</summary>
    const int MaxSamples = 4_096;

    /// <summary>Decodes one payload.</summary>
    /// <param name="payload">Any bytes; what the codec cannot make sense of gives nothing or noise.</param>
    /// <param name="samples">At least <see cref="MaxSamples"/>.</param>
    /// <returns>Samples written.</returns>
    int Decode(ReadOnlySpan<byte> payload, Span<short> samples);
}
