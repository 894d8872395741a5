using System.Buffers.Binary;

namespace RtpProxy.Rtp;

/// <summary>Writes RTP headers into a caller's buffer (RFC 3550 section 5.1).</summary>
public static class RtpHeaderWriter
{
    private const byte Version2 = 0x80;
    private const byte MarkerBit = 0x80;

    /// <summary>
    /// Writes a plain header: no padding, extension or contributing sources.
    /// </summary>
    /// <param name="destination">At least <see cref="RtpPacket.FixedHeaderLength"/> bytes.</param>
    /// <param name="payloadType">0 to 127; a higher bit is dropped.</param>
    /// <param name="marker">For audio, the first packet after a silence.</param>
    /// <param name="sequence">One more than that of the packet before.</param>
    /// <param name="timestamp">Of the first sample in the payload.</param>
    /// <param name="ssrc">Source of the stream.</param>
    /// <returns><see cref="RtpPacket.FixedHeaderLength"/>, where the payload begins.</returns>
    public static int Write(
        Span<byte> destination,
        PayloadType payloadType,
        bool marker,
        SequenceNumber sequence,
        RtpTimestamp timestamp,
        Ssrc ssrc)
    {
        destination[0] = Version2;
        destination[1] = (byte)((marker ? MarkerBit : 0) | (payloadType.Value & 0x7f));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], timestamp.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ssrc.Value);
        return RtpPacket.FixedHeaderLength;
    }

    /// <summary>
    /// Changes the place of an existing packet in its stream; version, padding bit, extension, contributing sources,
    /// payload type and SSRC stay.
    /// </summary>
    /// <param name="header">A packet, or the header copied from one.</param>
    /// <param name="marker">New marker bit.</param>
    /// <param name="sequence">New sequence number.</param>
    /// <param name="timestamp">New timestamp.</param>
    public static void Renumber(Span<byte> header, bool marker, SequenceNumber sequence, RtpTimestamp timestamp)
    {
        header[1] = (byte)((marker ? MarkerBit : 0) | (header[1] & 0x7f));
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], sequence.Value);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], timestamp.Value);
    }

    /// <summary>Clears the padding bit of a header whose payload was taken out of its packet.</summary>
    public static void ClearPadding(Span<byte> header) => header[0] &= 0xdf;
}
