using System.Security.Cryptography;
using RtpProxy.Codecs.G711;

namespace RtpProxy.Codecs.Tests;

public sealed class G711Tests
{
    private static readonly short[] AllSamples = [.. Enumerable.Range(short.MinValue, 65_536).Select(i => (short)i)];

    // The digests are those of the same tables made with Python's audioop module, lin2ulaw and lin2alaw.
    [Fact]
    public void U_law_encodes_every_sample_as_the_public_reference_does()
    {
        Digest([.. AllSamples.Select(MuLaw.Encode)])
            .ShouldBe("81d633c9e6972a18c74a58720b96cb8ca0bdd096d4060b646dd708c3b846019a");
    }

    [Fact]
    public void A_law_encodes_every_sample_as_the_public_reference_does()
    {
        Digest([.. AllSamples.Select(ALaw.Encode)])
            .ShouldBe("38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b");
    }

    [Fact]
    public void A_law_decodes_every_code_as_the_public_reference_does()
    {
        short[] samples = [.. Enumerable.Range(0, 256).Select(code => ALaw.Decode((byte)code))];

        Digest(Bytes(samples)).ShouldBe("e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174");
    }

    [Fact]
    public void U_law_decodes_every_code_as_the_public_reference_does_but_for_the_zeros()
    {
        short[] samples = [.. Enumerable.Range(0, 256).Select(code => MuLaw.Decode((byte)code))];

        samples[0x7f].ShouldBe((short)-2);
        samples[0xff].ShouldBe((short)2);
        samples[0x7f] = samples[0xff] = 0;
        Digest(Bytes(samples)).ShouldBe("3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827");
    }

    [Fact]
    public void A_decoded_code_encodes_to_itself()
    {
        for (int code = 0; code < 256; code++)
        {
            ALaw.Encode(ALaw.Decode((byte)code)).ShouldBe((byte)code);
            if (code != 0x7f)
            {
                MuLaw.Encode(MuLaw.Decode((byte)code)).ShouldBe((byte)code);
            }
        }
    }

    [Theory]
    [InlineData(G711Law.MuLaw)]
    [InlineData(G711Law.ALaw)]
    public void A_payload_gives_at_most_4096_samples(G711Law law)
    {
        using G711Decoder decoder = new(law);
        short[] samples = new short[IAudioDecoder.MaxSamples];

        decoder.Decode(new byte[160], samples).ShouldBe(160);
        decoder.Decode(new byte[5_000], samples).ShouldBe(4_096);
        decoder.Decode([], samples).ShouldBe(0);
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Bytes(short[] samples) => [.. samples.SelectMany(BitConverter.GetBytes)];
}
