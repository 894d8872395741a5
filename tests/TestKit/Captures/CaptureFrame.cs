using System.Buffers.Binary;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Captures;

/// <summary>A datagram as it looks on links of many kinds.</summary>
public static class CaptureFrame
{
    private const int RecordHeaderLength = 16;
    private const int EthernetHeaderLength = 14;
    private const int IPv6HeaderLength = 40;

    /// <summary>Names of the dresses that <see cref="Dress"/> knows, with the link types that they are written under.</summary>
    public static IReadOnlyList<(string Name, uint LinkType)> Dresses { get; } =
    [
        ("ethernet", 1), ("vlan", 1), ("qinq", 1), ("old-qinq", 1), ("three-vlans", 1), ("pppoe", 1), ("mpls", 1), ("snap", 1),
        ("vlan-pppoe", 1), ("raw", 101), ("raw", 12), ("raw", 14), ("null", 0), ("null-swapped", 0), ("loop", 108),
        ("sll", 113), ("sll-vlan", 113), ("sll2", 276), ("ip", 228),
    ];

    /// <summary>An IP packet of either family.</summary>
    public static byte[] Packet(in Endpoint source, in Endpoint destination, ReadOnlySpan<byte> payload)
    {
        byte[] record = new byte[PcapRecord.Length(source, destination, payload.Length)];
        PcapRecord.Write(record, source, destination, 0, 1, payload);
        return record[(RecordHeaderLength + EthernetHeaderLength)..];
    }

    /// <summary>An IPv6 packet with extension headers, each given without its first byte (what follows it).</summary>
    public static byte[] WithExtensionHeaders(byte[] packet, params (byte Protocol, byte[] Body)[] headers)
    {
        byte next = packet[6];
        List<byte> extensions = [];
        for (int i = 0; i < headers.Length; i++)
        {
            extensions.Add(i + 1 < headers.Length ? headers[i + 1].Protocol : next);
            extensions.AddRange(headers[i].Body);
        }

        byte[] changed = [.. packet[..IPv6HeaderLength], .. extensions, .. packet[IPv6HeaderLength..]];
        changed[6] = headers[0].Protocol;
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(4), (ushort)(changed.Length - IPv6HeaderLength));
        return changed;
    }

    /// <summary>Puts the headers of a link before an IP packet.</summary>
    public static byte[] Dress(string name, byte[] packet)
    {
        bool isIPv6 = packet[0] >> 4 == 6;
        byte[] type = isIPv6 ? [0x86, 0xdd] : [0x08, 0x00];
        byte[] macs = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
        byte[] ppp = [0x11, 0, 0, 1, 0, 99, 0, (byte)(isIPv6 ? 0x57 : 0x21)];
        byte family = (byte)(isIPv6 ? 10 : 2);
        return name switch
        {
            "ethernet" => [.. macs, .. type, .. packet],
            "vlan" => [.. macs, 0x81, 0x00, 0x20, 0x65, .. type, .. packet],
            "qinq" => [.. macs, 0x88, 0xa8, 0x00, 0x01, 0x81, 0x00, 0x20, 0x65, .. type, .. packet],
            "old-qinq" => [.. macs, 0x91, 0x00, 0x00, 0x01, 0x81, 0x00, 0x20, 0x65, .. type, .. packet],
            "three-vlans" => [.. macs, 0x81, 0, 0, 1, 0x81, 0, 0, 2, 0x81, 0, 0, 3, .. type, .. packet],
            "pppoe" => [.. macs, 0x88, 0x64, .. ppp, .. packet],
            "vlan-pppoe" => [.. macs, 0x81, 0x00, 0x20, 0x65, 0x88, 0x64, .. ppp, .. packet],
            "mpls" => [.. macs, 0x88, 0x47, 0, 1, 0, 64, 0, 1, 1, 64, .. packet],
            "snap" => [.. macs, 0, 99, 0xaa, 0xaa, 3, 0, 0, 0, .. type, .. packet],
            "raw" or "ip" => packet,
            "null" => [family, 0, 0, 0, .. packet],
            "null-swapped" or "loop" => [0, 0, 0, family, .. packet],
            "sll" => [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. type, .. packet],
            "sll-vlan" => [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0, 0, 7, .. type, .. packet],
            "sll2" => [.. type, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. packet],
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
