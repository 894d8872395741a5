namespace RtpProxy.Codecs.Wav;

/// <summary>How a <see cref="WavFile"/> keeps a sample.</summary>
internal enum WavEncoding
{
    /// <summary>Without sign; 128 is silence.</summary>
    Pcm8,

    Pcm16,

    Pcm24,

    ALaw,

    MuLaw,
}
