namespace RtpProxy.TestKit.Captures;

/// <summary>Capture files as other programs write them: pcap and pcapng, in either byte order.</summary>
public static class CaptureFile
{
    /// <summary>A pcap file.</summary>
    /// <param name="linkType">Of every frame.</param>
    /// <param name="frames">Nanoseconds since the UNIX epoch, and the bytes.</param>
    /// <param name="bigEndian">Byte order.</param>
    /// <param name="nanoseconds">Else microseconds.</param>
    /// <param name="patched">With the longer record headers of patched versions.</param>
    public static byte[] Pcap(
        uint linkType,
        IEnumerable<(long Time, byte[] Bytes)> frames,
        bool bigEndian = false,
        bool nanoseconds = false,
        bool patched = false)
    {
        NumberWriter file = new(bigEndian);
        file.U4(patched ? 0xa1b2cd34 : nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4).U2(2).U2(4).U4(0).U4(0)
            .U4(262_144).U4(linkType);
        foreach ((long time, byte[] bytes) in frames)
        {
            long fraction = time % 1_000_000_000;
            file.U4((uint)(time / 1_000_000_000)).U4((uint)(nanoseconds ? fraction : fraction / 1_000))
                .U4((uint)bytes.Length).U4((uint)bytes.Length);
            file.Bytes(new byte[patched ? 8 : 0]).Bytes(bytes);
        }

        return file.ToArray();
    }

    public static byte[] SectionHeader(bool bigEndian = false) => Block(
        0x0a0d0d0a,
        new NumberWriter(bigEndian).U4(0x1a2b3c4d).U2(1).U2(0).U8(ulong.MaxValue)
            .U2(4).U2(6).Bytes("tester\0\0"u8).U4(0));

    /// <param name="linkType">Of its frames.</param>
    /// <param name="resolution">The option; null to leave it out.</param>
    /// <param name="offsetSeconds">The option; 0 to leave it out.</param>
    /// <param name="bigEndian">Byte order.</param>
    /// <param name="snapLength">0 for none.</param>
    public static byte[] Interface(
        uint linkType,
        byte? resolution = null,
        long offsetSeconds = 0,
        bool bigEndian = false,
        uint snapLength = 262_144)
    {
        NumberWriter body = new NumberWriter(bigEndian).U2((ushort)linkType).U2(0).U4(snapLength)
            .U2(2).U2(3).Bytes("lo0\0"u8);
        if (resolution is { } value)
        {
            body.U2(9).U2(1).Bytes([value, 0, 0, 0]);
        }

        if (offsetSeconds != 0)
        {
            body.U2(14).U2(8).U8((ulong)offsetSeconds);
        }

        return Block(1, body.U4(0));
    }

    public static byte[] EnhancedPacket(uint index, ulong time, byte[] frame, bool bigEndian = false) => Block(
        6,
        new NumberWriter(bigEndian).U4(index).U4((uint)(time >> 32)).U4((uint)time)
            .U4((uint)frame.Length).U4((uint)frame.Length).Padded(frame).U2(2).U2(4).U4(1).U4(0));

    /// <summary>The packet block of early versions.</summary>
    public static byte[] ObsoletePacket(ushort index, ulong time, byte[] frame, bool bigEndian = false) => Block(
        2,
        new NumberWriter(bigEndian).U2(index).U2(7).U4((uint)(time >> 32)).U4((uint)time)
            .U4((uint)frame.Length).U4((uint)frame.Length).Padded(frame));

    public static byte[] SimplePacket(byte[] frame, bool bigEndian = false) =>
        Block(3, new NumberWriter(bigEndian).U4((uint)frame.Length).Padded(frame));

    /// <summary>A block of any type.</summary>
    public static byte[] Block(uint type, NumberWriter body)
    {
        byte[] bytes = body.ToArray();
        uint length = (uint)bytes.Length + 12;
        return new NumberWriter(body.IsBigEndian).U4(type).U4(length).Bytes(bytes).U4(length).ToArray();
    }
}
