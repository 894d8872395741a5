using System.Globalization;

namespace RtpProxy.Media.Recording;

/// <summary>Where and why a recording cannot be read on; what came before it was delivered.</summary>
/// <param name="Error">The kind of fault.</param>
/// <param name="Offset">Offset in bytes of the record, or of the file header, that is broken.</param>
/// <param name="PacketsRead">Packets delivered before it.</param>
/// <param name="Detail">See <see cref="RecordingError"/>; else 0.</param>
public readonly record struct RecordingFault(RecordingError Error, long Offset, long PacketsRead, long Detail = 0)
{
    /// <summary>One line for people: the original's words where it has any, then the place.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Describe()} (at byte offset {Offset})");

    private string Describe() => Error switch
    {
        RecordingError.Empty => "the file is empty",
        RecordingError.AdHocPacketTruncated => $"input file truncated, {Detail} bytes are missing",
        RecordingError.PcapFileHeaderTruncated => "invalid PCAP format",
        RecordingError.PcapVersion => $"unsupported version of the PCAP: {Detail >> 16}.{Detail & 0xffff}",
        RecordingError.PcapLinkType => $"unsupported data-link type in the PCAP: {Detail}",
        RecordingError.PcapFrameTooShort => "broken or truncated PCAP file",
        RecordingError.PcapRecordTooLong => $"invalid format, a record of {Detail} bytes, {PacketsRead} packets loaded",
        _ => $"invalid format, {PacketsRead} packets loaded",
    };
}
