using RtpProxy.Codecs.Files;

namespace RtpProxy.ExtractAudio;

/// <summary>The values of <c>-F</c> and <c>-D</c>, in the order in which they are listed.</summary>
internal static class FormatNames
{
    public static IReadOnlyList<FormatName<AudioContainer>> Containers { get; } =
    [
        new("wav", AudioContainer.Wav, "Microsoft WAV"),
        new("aiff", AudioContainer.Aiff, "Apple and SGI AIFF"),
        new("au", AudioContainer.Au, "Sun and NeXT AU"),
        new("raw", AudioContainer.Raw, "samples without a header"),
        new("paf", AudioContainer.Paf, "Ensoniq PARIS"),
        new("svx", AudioContainer.Svx, "Amiga IFF, SVX8 and SV16"),
        new("nist", AudioContainer.Nist, "NIST Sphere"),
        new("voc", AudioContainer.Voc, "Creative Labs VOC"),
        new("ircam", AudioContainer.Ircam, "Berkeley, IRCAM and CARL"),
        new("w64", AudioContainer.W64, "Sonic Foundry 64 bit RIFF"),
        new("mat4", AudioContainer.Mat4, "Matlab 4.2, GNU Octave 2.0"),
        new("mat5", AudioContainer.Mat5, "Matlab 5.0, GNU Octave 2.1"),
        new("pvf", AudioContainer.Pvf, "Portable Voice Format"),
        new("xi", AudioContainer.Xi, "Fasttracker 2 Extended Instrument"),
        new("htk", AudioContainer.Htk, "Hidden Markov Model Toolkit"),
        new("sds", AudioContainer.Sds, "MIDI Sample Dump Standard"),
        new("avr", AudioContainer.Avr, "Audio Visual Research"),
        new("wavex", AudioContainer.WavEx, "Microsoft WAV with extensible header"),
        new("sd2", AudioContainer.Sd2, "Sound Designer 2"),
        new("flac", AudioContainer.Flac, "Free Lossless Audio Codec"),
        new("caf", AudioContainer.Caf, "Apple Core Audio"),
        new("wve", AudioContainer.Wve, "Psion WVE"),
        new("ogg", AudioContainer.Ogg, "Xiph Ogg"),
        new("mpc2k", AudioContainer.Mpc2k, "Akai MPC 2000 sampler"),
        new("rf64", AudioContainer.Rf64, "WAV of more than 4 GB"),
    ];

    public static IReadOnlyList<FormatName<SampleEncoding>> Encodings { get; } =
    [
        new("pcm_s8", SampleEncoding.PcmS8, "signed, 8 bits"),
        new("pcm_16", SampleEncoding.Pcm16, "signed, 16 bits"),
        new("pcm_24", SampleEncoding.Pcm24, "signed, 24 bits"),
        new("pcm_32", SampleEncoding.Pcm32, "signed, 32 bits"),
        new("pcm_u8", SampleEncoding.PcmU8, "unsigned, 8 bits"),
        new("float", SampleEncoding.SinglePrecision, "floating point, 32 bits"),
        new("double", SampleEncoding.DoublePrecision, "floating point, 64 bits"),
        new("ulaw", SampleEncoding.MuLaw, "G.711 u-law"),
        new("alaw", SampleEncoding.ALaw, "G.711 A-law"),
        new("ima_adpcm", SampleEncoding.ImaAdpcm, "IMA ADPCM"),
        new("ms_adpcm", SampleEncoding.MsAdpcm, "Microsoft ADPCM"),
        new("gsm610", SampleEncoding.Gsm610, "GSM 06.10"),
        new("vox_adpcm", SampleEncoding.VoxAdpcm, "OKI and Dialogic ADPCM"),
        new("g721_32", SampleEncoding.G721At32, "G.721 ADPCM, 32 kbit/s"),
        new("g723_24", SampleEncoding.G723At24, "G.723 ADPCM, 24 kbit/s"),
        new("g723_40", SampleEncoding.G723At40, "G.723 ADPCM, 40 kbit/s"),
        new("dwvw_12", SampleEncoding.Dwvw12, "delta with variable word width, 12 bits"),
        new("dwvw_16", SampleEncoding.Dwvw16, "delta with variable word width, 16 bits"),
        new("dwvw_24", SampleEncoding.Dwvw24, "delta with variable word width, 24 bits"),
        new("dwvw_n", SampleEncoding.DwvwN, "delta with variable word width, N bits"),
        new("dpcm_8", SampleEncoding.Dpcm8, "differential, 8 bits"),
        new("dpcm_16", SampleEncoding.Dpcm16, "differential, 16 bits"),
        new("vorbis", SampleEncoding.Vorbis, "Xiph Vorbis"),
        new("opus", SampleEncoding.Opus, "Opus"),
    ];

    /// <summary>Null when there is none; capitals do not matter.</summary>
    public static FormatName<T>? Find<T>(IReadOnlyList<FormatName<T>> formats, string name)
        where T : struct, Enum =>
        formats.FirstOrDefault(format => format.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The lines that follow the complaint about an unknown name.</summary>
    public static string List<T>(string title, IReadOnlyList<FormatName<T>> formats)
        where T : struct, Enum =>
        string.Join('\n', formats.Select(format => $"    \"{format.Name}\"\t- {format.Description}").Prepend(title));
}
