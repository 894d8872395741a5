namespace RtpProxy.Media.Recording;

/// <summary>The two kinds of recording (media rules, section 7.5).</summary>
public enum RecordingFormat
{
    /// <summary>Records of <see cref="AdHocRecord"/> without a file header.</summary>
    AdHoc,

    /// <summary>A capture file with microseconds, written by a machine of this byte order.</summary>
    Pcap,
}
