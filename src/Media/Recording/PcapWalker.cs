using static RtpProxy.Media.Recording.PcapFormat;

namespace RtpProxy.Media.Recording;

/// <summary>
/// Reads pcap files and delivers the UDP datagrams in them: microseconds or nanoseconds, either byte order, and the
/// variant with longer record headers that patched versions of libpcap wrote.
/// </summary>
internal sealed class PcapWalker : IRecordWalker
{
    public const uint MaxFrameLength = 262_144; // the largest snapshot length of libpcap

    private const int PatchedRecordHeaderLength = 24;

    private readonly ForwardBuffer _buffer;
    private readonly CaptureByteOrder _order;
    private readonly double _unitsPerSecond;
    private readonly int _recordHeaderLength;
    private bool _isOpen;
    private LinkType _linkType;
    private long _read;

    private PcapWalker(ForwardBuffer buffer, bool isSwapped, double unitsPerSecond, int recordHeaderLength)
    {
        _buffer = buffer;
        _order = new CaptureByteOrder(isSwapped);
        _unitsPerSecond = unitsPerSecond;
        _recordHeaderLength = recordHeaderLength;
    }

    /// <summary>Null for a signature that is not one of pcap.</summary>
    /// <param name="buffer">At the beginning of the file.</param>
    /// <param name="signature">The first four bytes as this machine reads them.</param>
    public static PcapWalker? For(ForwardBuffer buffer, uint signature) => signature switch
    {
        Magic => new PcapWalker(buffer, false, 1e6, RecordHeaderLength),
        MagicSwapped => new PcapWalker(buffer, true, 1e6, RecordHeaderLength),
        MagicNanoseconds => new PcapWalker(buffer, false, 1e9, RecordHeaderLength),
        MagicNanosecondsSwapped => new PcapWalker(buffer, true, 1e9, RecordHeaderLength),
        MagicPatched => new PcapWalker(buffer, false, 1e6, PatchedRecordHeaderLength),
        MagicPatchedSwapped => new PcapWalker(buffer, true, 1e6, PatchedRecordHeaderLength),
        _ => null,
    };

    public bool TryRead(out RecordedPacket packet, out RecordingFault? fault)
    {
        packet = default;
        if (!_isOpen)
        {
            fault = ReadFileHeader();
            if (fault is not null)
            {
                return false;
            }

            _isOpen = true;
        }

        while (TryReadFrame(out ReadOnlySpan<byte> record, out fault))
        {
            switch (UdpFrame.TryParse(record[_recordHeaderLength..], _linkType, out UdpFrame datagram))
            {
                case UdpFrameResult.Datagram:
                    packet = PacketOf(record, datagram);
                    _buffer.Skip(record.Length);
                    _read++;
                    return true;
                case UdpFrameResult.OtherTraffic:
                    _buffer.Skip(record.Length);
                    break;
                default:
                    fault = Fault(RecordingError.PcapFrameTooShort);
                    return false;
            }
        }

        return false;
    }

    private RecordingFault? ReadFileHeader()
    {
        ReadOnlySpan<byte> header = _buffer.Peek(FileHeaderLength);
        if (header.Length < FileHeaderLength)
        {
            return Fault(RecordingError.PcapFileHeaderTruncated);
        }

        ushort major = _order.UInt16(header[4..]);
        ushort minor = _order.UInt16(header[6..]);
        if ((major, minor) != (MajorVersion, MinorVersion))
        {
            return Fault(RecordingError.PcapVersion, ((long)major << 16) | minor);
        }

        uint linkType = _order.UInt32(header[20..]) & LinkTypeMask;
        if (!LinkLayer.IsKnown(linkType))
        {
            return Fault(RecordingError.PcapLinkType, linkType);
        }

        _linkType = (LinkType)linkType;
        _buffer.Skip(FileHeaderLength);
        return null;
    }

    private bool TryReadFrame(out ReadOnlySpan<byte> record, out RecordingFault? fault)
    {
        fault = null;
        record = _buffer.Peek(_recordHeaderLength);
        if (record.IsEmpty)
        {
            return false;
        }

        if (record.Length < _recordHeaderLength)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        uint frameLength = _order.UInt32(record[8..]);
        if (frameLength > MaxFrameLength)
        {
            fault = Fault(RecordingError.PcapRecordTooLong, frameLength);
            return false;
        }

        int length = _recordHeaderLength + (int)frameLength;
        record = _buffer.Peek(length);
        if (record.Length < length)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        return true;
    }

    private RecordedPacket PacketOf(ReadOnlySpan<byte> record, scoped in UdpFrame datagram) => new()
    {
        Bytes = datagram.Payload,
        Source = datagram.Source,
        Destination = datagram.Destination,
        ArrivalSeconds = _order.UInt32(record) + (_order.UInt32(record[4..]) / _unitsPerSecond),
        RecordOffset = _buffer.Offset,
        BytesOffset = _buffer.Offset + _recordHeaderLength + datagram.PayloadOffset,
    };

    private RecordingFault Fault(RecordingError error, long detail = 0) => new(error, _buffer.Offset, _read, detail);
}
