using System.Runtime.InteropServices;
using static RtpProxy.Media.Recording.PcapNgFormat;

namespace RtpProxy.Media.Recording;

/// <summary>
/// Reads pcapng files and delivers the UDP datagrams in them: any number of sections, each in its own byte order and with its
/// own interfaces; enhanced, simple and obsolete packet blocks. All other blocks are passed over, and frames of interfaces
/// whose link type is not known.
/// </summary>
internal sealed class PcapNgWalker(ForwardBuffer buffer) : IRecordWalker
{
    private const int MaxInterfaces = 65_536; // the obsolete packet block cannot name more
    private const int MaxBlockLength = (int)PcapWalker.MaxFrameLength + 65_536; // of those that are looked into: with options

    private readonly List<CaptureInterface> _interfaces = [];
    private CaptureByteOrder _order;
    private long _read;
    private uint? _unknownLinkType;

    private enum Step
    {
        Packet,
        Nothing,
        Fault,
    }

    public bool TryRead(out RecordedPacket packet, out RecordingFault? fault)
    {
        packet = default;
        fault = null;
        while (TryReadHeader(out uint type, out long length, out fault))
        {
            if (!IsLookedInto(type))
            {
                if (!buffer.TryDiscard(length))
                {
                    fault = Fault(RecordingError.PcapRecordTruncated);
                    return false;
                }

                continue;
            }

            if (length > MaxBlockLength)
            {
                fault = Fault(RecordingError.PcapRecordTooLong, length);
                return false;
            }

            ReadOnlySpan<byte> block = buffer.Peek((int)length);
            Step step = block.Length < length ? Step.Fault : Read(type, block, out packet);
            if (step == Step.Fault || !EndsAsItBegins(block))
            {
                packet = default;
                fault = Fault(RecordingError.PcapRecordTruncated);
                return false;
            }

            buffer.Skip((int)length);
            if (step == Step.Packet)
            {
                _read++;
                return true;
            }
        }

        if (fault is null && _read == 0 && _unknownLinkType is { } linkType)
        {
            fault = Fault(RecordingError.PcapLinkType, linkType);
        }

        return false;
    }

    private static bool IsLookedInto(uint type) => type is
        SectionHeaderBlock or InterfaceDescriptionBlock or PacketBlock or SimplePacketBlock or EnhancedPacketBlock;

    private bool EndsAsItBegins(ReadOnlySpan<byte> block) =>
        _order.UInt32(block[4..]) == _order.UInt32(block[^BlockTrailerLength..]);

    /// <summary>False at the end of the file, and at a fault.</summary>
    private bool TryReadHeader(out uint type, out long length, out RecordingFault? fault)
    {
        type = 0;
        length = 0;
        fault = null;
        ReadOnlySpan<byte> header = buffer.Peek(MinBlockLength);
        if (header.IsEmpty)
        {
            return false;
        }

        if (header.Length < MinBlockLength)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        type = _order.UInt32(header);
        if (type == SectionHeaderBlock)
        {
            // The byte order of the section, and with it that of its length, is told by the word behind the length.
            uint magic = MemoryMarshal.Read<uint>(header[BlockHeaderLength..]);
            _order = new CaptureByteOrder(magic == ByteOrderMagicSwapped);
            if (magic is not (ByteOrderMagic or ByteOrderMagicSwapped))
            {
                fault = Fault(RecordingError.PcapFileHeaderTruncated);
                return false;
            }
        }

        length = _order.UInt32(header[4..]);
        if (length < MinBlockLength || length % 4 != 0)
        {
            fault = Fault(RecordingError.PcapRecordTruncated);
            return false;
        }

        return true;
    }

    private Step Read(uint type, ReadOnlySpan<byte> block, out RecordedPacket packet)
    {
        packet = default;
        switch (type)
        {
            case SectionHeaderBlock:
                _interfaces.Clear();
                return block.Length >= SectionHeaderLength ? Step.Nothing : Step.Fault;
            case InterfaceDescriptionBlock:
                if (block.Length < InterfaceDescriptionLength || _interfaces.Count == MaxInterfaces)
                {
                    return Step.Fault;
                }

                _interfaces.Add(CaptureInterface.Read(block, _order));
                return Step.Nothing;
            case SimplePacketBlock:
                return ReadSimple(block, out packet);
            default:
                return ReadPacket(type, block, out packet);
        }
    }

    private Step ReadPacket(uint type, ReadOnlySpan<byte> block, out RecordedPacket packet)
    {
        packet = default;
        if (block.Length < PacketHeaderLength + BlockTrailerLength)
        {
            return Step.Fault;
        }

        uint index = type == PacketBlock ? _order.UInt16(block[8..]) : _order.UInt32(block[8..]);
        ulong time = ((ulong)_order.UInt32(block[12..]) << 32) | _order.UInt32(block[16..]);
        uint captured = _order.UInt32(block[20..]);
        if (index >= _interfaces.Count || captured > block.Length - PacketHeaderLength - BlockTrailerLength)
        {
            return Step.Fault;
        }

        CaptureInterface from = _interfaces[(int)index];
        ReadOnlySpan<byte> frame = block.Slice(PacketHeaderLength, (int)captured);
        return ReadFrame(frame, PacketHeaderLength, from, from.Seconds(time), out packet);
    }

    private Step ReadSimple(ReadOnlySpan<byte> block, out RecordedPacket packet)
    {
        packet = default;
        if (block.Length < SimplePacketHeaderLength + BlockTrailerLength || _interfaces.Count == 0)
        {
            return Step.Fault;
        }

        CaptureInterface from = _interfaces[0];
        uint kept = Math.Min(_order.UInt32(block[8..]), from.SnapLength == 0 ? uint.MaxValue : from.SnapLength);
        int captured = (int)Math.Min(kept, (uint)(block.Length - SimplePacketHeaderLength - BlockTrailerLength));
        ReadOnlySpan<byte> frame = block.Slice(SimplePacketHeaderLength, captured);
        return ReadFrame(frame, SimplePacketHeaderLength, from, double.NaN, out packet);
    }

    private Step ReadFrame(
        ReadOnlySpan<byte> frame,
        int frameOffset,
        CaptureInterface from,
        double seconds,
        out RecordedPacket packet)
    {
        packet = default;
        if (!LinkLayer.IsKnown(from.LinkType))
        {
            _unknownLinkType ??= from.LinkType;
            return Step.Nothing;
        }

        // Here frames are often cut short on purpose, and there is foreign traffic: one without whole headers ends nothing.
        if (UdpFrame.TryParse(frame, (LinkType)from.LinkType, out UdpFrame datagram) != UdpFrameResult.Datagram)
        {
            return Step.Nothing;
        }

        packet = new RecordedPacket
        {
            Bytes = datagram.Payload,
            Source = datagram.Source,
            Destination = datagram.Destination,
            ArrivalSeconds = seconds,
            RecordOffset = buffer.Offset,
            BytesOffset = buffer.Offset + frameOffset + datagram.PayloadOffset,
        };
        return Step.Packet;
    }

    private RecordingFault Fault(RecordingError error, long detail = 0) => new(error, buffer.Offset, _read, detail);
}
