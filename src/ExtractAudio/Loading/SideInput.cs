using RtpProxy.ExtractAudio.Survey;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>A recording that is about to be loaded.</summary>
/// <param name="Side">Where it is heard.</param>
/// <param name="Path">The file.</param>
/// <param name="Stream">The same, open for as long as payloads are read.</param>
/// <param name="Survey">What a first reading told.</param>
/// <param name="ClockOffsetSeconds">Added to its times, to compare them with those of the other recording.</param>
/// <param name="Includes">Whether packets between two addresses are of this side.</param>
internal sealed record SideInput(
    RecordedSide Side,
    string Path,
    FileStream Stream,
    RecordingSurvey Survey,
    double ClockOffsetSeconds,
    Func<Flow, bool> Includes);
