namespace RtpProxy.Media.Recording;

/// <summary>The kinds of recording (media rules, section 7.5) and of captures that others make.</summary>
public enum RecordingFormat
{
    /// <summary>Records of <see cref="AdHocRecord"/> without a file header.</summary>
    AdHoc,

    /// <summary>A pcap file.</summary>
    Pcap,

    /// <summary>A pcapng file.</summary>
    PcapNg,
}
