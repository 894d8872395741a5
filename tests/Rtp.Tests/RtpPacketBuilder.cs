namespace RtpProxy.Rtp.Tests;

/// <summary>Builds packets byte by byte, independently of the writer under test.</summary>
internal static class RtpPacketBuilder
{
    public static byte[] Build(
        uint ssrc,
        ushort sequence,
        uint timestamp,
        byte payloadType = 0,
        bool marker = false,
        int payloadLength = 160)
    {
        byte[] bytes = new byte[12 + payloadLength];
        bytes[0] = 0x80;
        bytes[1] = (byte)((marker ? 0x80 : 0) | payloadType);
        bytes[2] = (byte)(sequence >> 8);
        bytes[3] = (byte)sequence;
        for (int i = 0; i < 4; i++)
        {
            bytes[4 + i] = (byte)(timestamp >> (24 - (8 * i)));
            bytes[8 + i] = (byte)(ssrc >> (24 - (8 * i)));
        }

        return bytes;
    }
}
