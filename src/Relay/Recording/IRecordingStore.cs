using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Relay.Recording;

/// <summary>Opens recordings in the directory of <c>-r</c>, or in the spool of <c>-S</c> (media rules, sections 7.2 and 7.3).</summary>
/// <remarks>Called off the workers, since a file system may block; thread-safe.</remarks>
public interface IRecordingStore
{
    /// <summary>False without <c>-r</c>.</summary>
    bool IsConfigured { get; }

    /// <summary>
    /// Creates <paramref name="name"/>, with a number in it where there is one already, and writes <paramref name="header"/>
    /// (empty for ad-hoc files). Null, with the reason logged, when the name would leave the directory or the file cannot be
    /// created.
    /// </summary>
    IRecordingFile? TryOpen(string callId, string name, ReadOnlySpan<byte> header);

    /// <summary>
    /// As <see cref="TryOpen"/>, for two files that get the same number; both or neither: one that was made before the other
    /// could not be is removed.
    /// </summary>
    bool TryOpenPair(
        string callId,
        string rtp,
        string rtcp,
        ReadOnlySpan<byte> header,
        [NotNullWhen(true)] out IRecordingFile? rtpFile,
        [NotNullWhen(true)] out IRecordingFile? rtcpFile);
}
