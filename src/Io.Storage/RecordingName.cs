using System.Globalization;

namespace RtpProxy.Io.Storage;

/// <summary>
/// The name of a recording, which gets a number where it exists already: before its ending, so that the files of one
/// recording still belong together (<c>call=tag.1.o.rtp</c>, <c>call=tag.1.o.rtcp</c>).
/// </summary>
internal readonly record struct RecordingName(string Stem, string Ending)
{
    /// <summary>The highest number: 10,000 recordings of one name.</summary>
    public const int MaxNumber = 9_999;

    private static readonly string[] Endings = [".o.rtp", ".o.rtcp", ".a.rtp", ".a.rtcp", ".rtp", ".rtcp", ".pcap"];

    /// <summary>The RTCP that belongs to this RTP; null if this is none.</summary>
    public RecordingName? Rtcp => Ending.EndsWith(".rtp", StringComparison.Ordinal) ? this with { Ending = Ending[..^1] + "cp" } : null;

    public static RecordingName Of(string name)
    {
        // An ending alone is a name.
        string ending = Endings.FirstOrDefault(e => name.Length > e.Length && name.EndsWith(e, StringComparison.Ordinal), "");
        return new RecordingName(name[..^ending.Length], ending);
    }

    public string WithNumber(int number) =>
        number == 0 ? Stem + Ending : string.Create(CultureInfo.InvariantCulture, $"{Stem}.{number}{Ending}");
}
