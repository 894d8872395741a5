namespace RtpProxy.Media.Recording;

/// <summary>What ended the reading of a recording.</summary>
public enum RecordingError
{
    /// <summary>The file has no byte.</summary>
    Empty,

    /// <summary>The file begins like a capture that is not read: pcapng, nanoseconds, or of the other byte order.</summary>
    UnsupportedCapture,

    /// <summary>The file ends within the header of an ad-hoc record.</summary>
    AdHocHeaderTruncated,

    /// <summary>The file ends within the packet of an ad-hoc record; <see cref="RecordingFault.Detail"/> bytes are missing.</summary>
    AdHocPacketTruncated,

    /// <summary>The file ends within the pcap file header.</summary>
    PcapFileHeaderTruncated,

    /// <summary>The version is not 2.4 but <see cref="RecordingFault.Detail"/>: major times 65,536 plus minor.</summary>
    PcapVersion,

    /// <summary>The link type is neither Ethernet nor BSD loopback but <see cref="RecordingFault.Detail"/>.</summary>
    PcapLinkType,

    /// <summary>The file ends within a pcap record.</summary>
    PcapRecordTruncated,

    /// <summary>A frame is too short for the link, IP and UDP headers that it announces.</summary>
    PcapFrameTooShort,

    /// <summary>A record claims <see cref="RecordingFault.Detail"/> bytes, more than any capture program writes.</summary>
    PcapRecordTooLong,
}
