namespace RtpProxy.Protocols.Ng.Options;

/// <summary>How a recording is to be named (ng protocol, 8.6).</summary>
/// <param name="File"><c>recording-file</c>: null for a name of ours.</param>
/// <param name="NamesPlace">
/// True with <c>recording-dir</c>, <c>recording-pattern</c> or <c>output-destination</c>: recordings stay in their directory.
/// </param>
public readonly record struct RecordingName(string? File, bool NamesPlace)
{
    /// <summary>A name from the network is a base name: nothing that leads out of the recording directory.</summary>
    public string? FindRefusal() => NamesPlace || File is "" or "." or ".." || File?.AsSpan().IndexOfAny('/', '\0') >= 0
        ? NgErrors.BadRecordingFile
        : null;
}
