using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>What became of one recording.</summary>
/// <param name="Path">The file, null when none was named.</param>
/// <param name="Statistics">What the analysers say; null when the file could not be opened.</param>
/// <param name="IsLoaded">Something of it could be read.</param>
/// <param name="IsComplete">All of it could.</param>
internal sealed record LoadedSide(string? Path, IReadOnlyList<ReceptionStatistics>? Statistics, bool IsLoaded, bool IsComplete)
{
    public static LoadedSide NotOpened(string? path) => new(path, null, false, false);
}
