namespace RtpProxy.Codecs.G711;

/// <summary>G.711: one sample a byte; at most <see cref="IAudioDecoder.MaxSamples"/> of a payload.</summary>
public sealed class G711Decoder(G711Law law) : IAudioDecoder
{
    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        int count = Math.Min(payload.Length, IAudioDecoder.MaxSamples);
        for (int i = 0; i < count; i++)
        {
            samples[i] = law == G711Law.ALaw ? ALaw.Decode(payload[i]) : MuLaw.Decode(payload[i]);
        }

        return count;
    }

    public void Dispose()
    {
    }
}
