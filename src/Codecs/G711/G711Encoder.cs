namespace RtpProxy.Codecs.G711;

/// <summary>G.711: one byte a sample.</summary>
public sealed class G711Encoder(G711Law law) : IAudioEncoder
{
    public int FrameSamples => 1;

    public int Encode(ReadOnlySpan<short> samples, Span<byte> frames)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            frames[i] = law == G711Law.ALaw ? ALaw.Encode(samples[i]) : MuLaw.Encode(samples[i]);
        }

        return samples.Length;
    }

    public void Dispose()
    {
    }
}
