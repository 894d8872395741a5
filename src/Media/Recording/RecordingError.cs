namespace RtpProxy.Media.Recording;

/// <summary>What ended the reading of a recording.</summary>
public enum RecordingError
{
    /// <summary>The file has no byte.</summary>
    Empty,

    /// <summary>The file ends within the header of an ad-hoc record.</summary>
    AdHocHeaderTruncated,

    /// <summary>The file ends within the packet of an ad-hoc record; <see cref="RecordingFault.Detail"/> bytes are missing.</summary>
    AdHocPacketTruncated,

    /// <summary>The file ends within the header of a pcap file, or of a pcapng section.</summary>
    PcapFileHeaderTruncated,

    /// <summary>The version is not 2.4 but <see cref="RecordingFault.Detail"/>: major times 65,536 plus minor.</summary>
    PcapVersion,

    /// <summary>The link type is none of <see cref="LinkType"/> but <see cref="RecordingFault.Detail"/>.</summary>
    PcapLinkType,

    /// <summary>The file ends within a record, or what is there is none.</summary>
    PcapRecordTruncated,

    /// <summary>A frame is too short for the link, IP and UDP headers that it announces.</summary>
    PcapFrameTooShort,

    /// <summary>A record claims <see cref="RecordingFault.Detail"/> bytes, more than any capture program writes.</summary>
    PcapRecordTooLong,
}
