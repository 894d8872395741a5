using RtpProxy.Codecs.G711;
using RtpProxy.Codecs.Wav;
using RtpProxy.Relay.Playback;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Storage;

/// <summary>Prompts of WAV files, in the codecs that need no library.</summary>
internal static class WavPrompts
{
    public static bool CanBeOf(byte payloadType) => LawOf(payloadType) is not null;

    /// <summary>Brings the samples to 8 kHz and encodes them.</summary>
    /// <param name="payloadType">One that <see cref="CanBeOf"/> knows.</param>
    /// <param name="error">What is wrong with the file, to follow its name.</param>
    public static Prompt? TryConvert(ReadOnlyMemory<byte> file, string name, byte payloadType, out string error)
    {
        if (!WavFile.TryRead(file, out WavFile? wav, out error))
        {
            return null;
        }

        short[] samples = TelephoneRate.Convert(wav.ReadMono(), wav.RateHz);
        if (samples.Length == 0)
        {
            error = "has no samples";
            return null;
        }

        using var encoder = new G711Encoder(LawOf(payloadType).GetValueOrDefault());
        byte[] frames = new byte[samples.Length];
        encoder.Encode(samples, frames);
        return new Prompt(name, payloadType, frames, wav.RateHz);
    }

    private static G711Law? LawOf(byte payloadType) =>
        payloadType == PayloadType.Pcmu.Value ? G711Law.MuLaw
        : payloadType == PayloadType.Pcma.Value ? G711Law.ALaw
        : null;
}
