using RtpProxy.Codecs.Files;
using RtpProxy.Codecs.Srtp;
using RtpProxy.ExtractAudio.Survey;

namespace RtpProxy.ExtractAudio;

/// <summary>What the command line asks for.</summary>
internal sealed record ExtractOptions
{
    /// <summary>A: recording of the answering party; null when there is none.</summary>
    public string? AnswerPath { get; init; }

    /// <summary>B: recording of the originating party; null when there is none.</summary>
    public string? OriginatePath { get; init; }

    public SrtpKey? AnswerKey { get; init; }

    public SrtpKey? OriginateKey { get; init; }

    /// <summary><c>--from-a</c>: the sender of side A; null for all of its file.</summary>
    public SourceAddress? AnswerSource { get; init; }

    /// <summary><c>--from-b</c>: the sender of side B.</summary>
    public SourceAddress? OriginateSource { get; init; }

    /// <summary>The file to write; empty when only scanning.</summary>
    public string Output { get; init; } = "";

    /// <summary>Further names of the output.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public AudioContainer Container { get; init; } = AudioContainer.Wav;

    /// <summary>Null for the default, which depends on <see cref="Stereo"/>.</summary>
    public SampleEncoding? Encoding { get; init; }

    /// <summary><c>-s</c>: A in the first channel and B in the second, instead of a mix.</summary>
    public bool Stereo { get; init; }

    /// <summary><c>-n</c>: the packets one after another, whatever their times.</summary>
    public bool NoSync { get; init; }

    /// <summary><c>-e</c>: fail unless both sides can be loaded.</summary>
    public bool NeedsBothSides { get; init; }

    /// <summary><c>-d</c>: delete the recordings afterwards.</summary>
    public bool DeleteInputs { get; init; }

    /// <summary><c>-i</c>: leave the processor to others.</summary>
    public bool IdlePriority { get; init; }

    /// <summary><c>-S</c>: only count packets.</summary>
    public bool ScanOnly { get; init; }

    public SampleEncoding EffectiveEncoding =>
        Encoding ?? (Stereo ? SampleEncoding.MsAdpcm : SampleEncoding.Gsm610);
}
