using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RtpProxy.Rtp.Rtcp;

namespace RtpProxy.Io.Net.Hep;

/// <summary>
/// Tells the reports of a compound RTCP datagram as JSON, in the layout of the original's module acct_rtcp_hep, byte for byte (media
/// rules, section 8.2): an object for each sender report and receiver report, one behind the other; nothing for what else is in it.
/// </summary>
internal static class RtcpJson
{
    private const int SenderInformationLength = 20; // RFC 3550, section 6.4.1
    private const int BlockLength = 24;
    private const int SsrcLength = 4;

    /// <param name="json">Gets the objects; after a fault it may hold some of them.</param>
    /// <returns>False when it is no RTCP, or a report in it is shorter than it says.</returns>
    public static bool TryWrite(ReadOnlySpan<byte> datagram, IBufferWriter<byte> json)
    {
        var compound = new RtcpCompound(datagram);
        while (compound.MoveNext())
        {
            if (IsReport(compound.Current.PacketType) && !TryWriteReport(compound.Current, json))
            {
                return false;
            }
        }

        return compound.Error switch
        {
            RtcpParseError.None => !datagram.IsEmpty,
            RtcpParseError.UnknownPacketType => true,
            RtcpParseError.LengthPastEnd => !IsReport((RtcpPacketType)datagram[compound.Offset + 1]),
            _ => false,
        };
    }

    private static bool IsReport(RtcpPacketType type) => type is RtcpPacketType.SenderReport or RtcpPacketType.ReceiverReport;

    private static bool TryWriteReport(in RtcpHeader packet, IBufferWriter<byte> json)
    {
        bool isSender = packet.PacketType == RtcpPacketType.SenderReport;
        int blocksAt = SsrcLength + (isSender ? SenderInformationLength : 0);
        if (packet.Body.Length < blocksAt + (packet.Count * BlockLength))
        {
            return false;
        }

        ReadOnlySpan<byte> body = packet.Body;
        Write(json, $"{{\n \"ssrc\": {Number(body)},\n");
        if (isSender)
        {
            WriteSenderInformation(body[SsrcLength..], json);
        }

        Write(json, $" \"type\": {(byte)packet.PacketType},\n");
        WriteBlocks(body[blocksAt..], packet.Count, json);
        Write(json, $" \"report_count\": {packet.Count}\n}}");
        return true;
    }

    private static void WriteSenderInformation(ReadOnlySpan<byte> information, IBufferWriter<byte> json)
    {
        Write(json, $" \"sender_information\": {{\n  \"ntp_timestamp_sec\": {Number(information)},\n");
        Write(json, $"  \"ntp_timestamp_usec\": {Number(information[4..])},\n"); // the fraction as it came, whatever the name says
        Write(json, $"  \"rtp_timestamp\": {Number(information[8..])},\n");
        Write(json, $"  \"packets\": {Number(information[12..])},\n  \"octets\": {Number(information[16..])}\n }},\n");
    }

    private static void WriteBlocks(ReadOnlySpan<byte> blocks, int count, IBufferWriter<byte> json)
    {
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> block = blocks.Slice(i * BlockLength, BlockLength);

            // 24 bits with a sign: duplicates can make the loss negative (RFC 3550, section 6.4.1).
            int lost = (int)(Number(block[4..]) << 8) >> 8;
            Write(json, $"{(i == 0 ? " \"report_blocks\": [\n" : "  ,\n")}");
            Write(json, $"  {{\n   \"source_ssrc\": {Number(block)},\n   \"fraction_lost\": {block[4]},\n");
            Write(json, $"   \"packets_lost\": {lost},\n   \"highest_seq_no\": {Number(block[8..])},\n");
            Write(json, $"   \"ia_jitter\": {Number(block[12..])},\n   \"lsr\": {Number(block[16..])},\n");
            Write(json, $"   \"dlsr\": {Number(block[20..])}\n  }}\n");
        }

        if (count > 0)
        {
            Write(json, $" ],\n");
        }
    }

    private static uint Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static void Write(IBufferWriter<byte> json, FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), json);
}
