using System.Buffers.Binary;

namespace RtpProxy.Media.Recording;

/// <summary>One's complement sum of 16-bit words (RFC 1071), added up piece by piece.</summary>
/// <remarks>Only the last piece may have an odd length.</remarks>
internal struct InternetChecksum
{
    private ulong _sum;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        // 2^16 = 1 modulo 2^16 - 1, so that words of 32 bits may be summed and folded later.
        while (bytes.Length >= sizeof(uint))
        {
            _sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
            bytes = bytes[sizeof(uint)..];
        }

        if (bytes.Length >= sizeof(ushort))
        {
            _sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            bytes = bytes[sizeof(ushort)..];
        }

        if (!bytes.IsEmpty)
        {
            _sum += (uint)bytes[0] << 8;
        }
    }

    public void Add(uint value) => _sum += value;

    /// <summary>The complement, as it is written into a header.</summary>
    public readonly ushort Complement
    {
        get
        {
            ulong folded = _sum;
            while (folded > ushort.MaxValue)
            {
                folded = (folded & ushort.MaxValue) + (folded >> 16);
            }

            return (ushort)~folded;
        }
    }

    /// <summary>The complement for UDP, where zero would mean "no checksum" (RFC 768).</summary>
    public readonly ushort UdpComplement => Complement is 0 ? ushort.MaxValue : Complement;
}
