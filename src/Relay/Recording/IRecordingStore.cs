namespace RtpProxy.Relay.Recording;

/// <summary>Opens recordings in the directory of <c>-r</c>, or in the spool of <c>-S</c> (media rules, sections 7.2 and 7.3).</summary>
/// <remarks>Called off the workers, since a file system may block; thread-safe.</remarks>
public interface IRecordingStore
{
    /// <summary>False without <c>-r</c>.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Creates or truncates <paramref name="name"/> and writes <paramref name="header"/> (empty for ad-hoc files).
    /// Null, with the reason logged, when the name would leave the directory or the file cannot be created.
    /// </summary>
    IRecordingFile? TryOpen(string callId, string name, ReadOnlySpan<byte> header);
}
