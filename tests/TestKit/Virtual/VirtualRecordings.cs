using System.Diagnostics.CodeAnalysis;
using RtpProxy.Relay.Recording;

namespace RtpProxy.TestKit.Virtual;

/// <summary>Recordings in memory.</summary>
public sealed class VirtualRecordings : IRecordingStore
{
    public bool IsConfigured { get; set; } = true;

    /// <summary>Names that cannot be created.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>All files ever opened, by name; the latest of a name.</summary>
    public Dictionary<string, VirtualRecording> Files { get; } = [];

    /// <summary>The names that were opened, in order; one that is being written cannot be.</summary>
    public List<string> Opened { get; } = [];

    public IRecordingFile? TryOpen(string callId, string name, ReadOnlySpan<byte> header)
    {
        if (!IsConfigured || Refused.Contains(name) || Files.TryGetValue(name, out VirtualRecording? open) && !open.IsClosed)
        {
            return null;
        }

        Opened.Add(name);
        var file = new VirtualRecording(name, header);
        Files[name] = file;
        return file;
    }

    public bool TryOpenPair(
        string callId,
        string rtp,
        string rtcp,
        ReadOnlySpan<byte> header,
        [NotNullWhen(true)] out IRecordingFile? rtpFile,
        [NotNullWhen(true)] out IRecordingFile? rtcpFile)
    {
        rtpFile = TryOpen(callId, rtp, header);
        rtcpFile = rtpFile is null ? null : TryOpen(callId, rtcp, header);
        if (rtcpFile is null)
        {
            rtpFile?.Close();
            rtpFile = null;
        }

        return rtpFile is not null && rtcpFile is not null;
    }
}
