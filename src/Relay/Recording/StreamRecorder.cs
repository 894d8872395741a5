using RtpProxy.Media.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Recording;

/// <summary>Keeps the datagrams of one stream, each as a whole record.</summary>
/// <remarks>Owned by one worker; allocates nothing per packet.</remarks>
internal sealed class StreamRecorder(IRecordingFile file, RecordLayout layout, bool isSingle)
{
    public IRecordingFile File => file;

    public RecordLayout Layout => layout;

    /// <summary>The file holds both parties.</summary>
    public bool IsSingle => isSingle;

    /// <summary>Writes a record of the ad-hoc format. False when it is lost.</summary>
    public bool TryRecord(in Endpoint source, long wallMicroseconds, ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > AdHocRecord.MaxPacketLength
            || !file.TryReserve(AdHocRecord.Length(datagram.Length), out Span<byte> record))
        {
            return false;
        }

        AdHocRecord.Write(record, source, wallMicroseconds, datagram);
        return true;
    }

    /// <summary>Writes a record of the pcap format. False when it is lost.</summary>
    /// <param name="identification">Of the invented IPv4 header.</param>
    public bool TryRecord(
        in Endpoint source,
        in Endpoint destination,
        long wallMicroseconds,
        ushort identification,
        ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > PcapRecord.MaxPacketLength
            || !file.TryReserve(PcapRecord.Length(source, destination, datagram.Length), out Span<byte> record))
        {
            return false;
        }

        PcapRecord.Write(record, source, destination, wallMicroseconds, identification, datagram);
        return true;
    }
}
