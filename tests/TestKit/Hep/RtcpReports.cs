using System.Buffers.Binary;

namespace RtpProxy.TestKit.Hep;

/// <summary>RTCP as phones send it (RFC 3550, section 6.4), and what the original's module makes of it.</summary>
public static class RtcpReports
{
    /// <summary>A sender report, and a description of its source.</summary>
    public static byte[] Sender(params uint[] sources) =>
    [
        (byte)(0x80 | sources.Length), 200, .. Length(28 + (24 * sources.Length)),
        .. Words(286331153, 3758096385, 2147483648, 160, 5, 800),
        .. sources.SelectMany(Block),
        0x81, 202, .. Length(16), .. Words(286331153), 1, 4, .. "host"u8, 0, 0,
    ];

    public static byte[] Receiver(params uint[] sources) =>
        [(byte)(0x80 | sources.Length), 201, .. Length(8 + (24 * sources.Length)), .. Words(286331153), .. sources.SelectMany(Block)];

    /// <summary>As the media rules show it, for <see cref="Sender"/> with one block of source 572662306.</summary>
    public const string SenderJson =
        """
        {
         "ssrc": 286331153,
         "sender_information": {
          "ntp_timestamp_sec": 3758096385,
          "ntp_timestamp_usec": 2147483648,
          "rtp_timestamp": 160,
          "packets": 5,
          "octets": 800
         },
         "type": 200,
         "report_blocks": [
          {
           "source_ssrc": 572662306,
           "fraction_lost": 3,
           "packets_lost": 5,
           "highest_seq_no": 1000,
           "ia_jitter": 7,
           "lsr": 4660,
           "dlsr": 22136
          }
         ],
         "report_count": 1
        }
        """;

    private static byte[] Block(uint source) => Words(source, 3 << 24 | 5, 1000, 7, 4660, 22136);

    private static byte[] Length(int bytes) => [(byte)(((bytes / 4) - 1) >> 8), (byte)((bytes / 4) - 1)];

    private static byte[] Words(params uint[] words)
    {
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }
}
