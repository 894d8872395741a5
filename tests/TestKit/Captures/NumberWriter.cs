using System.Buffers.Binary;

namespace RtpProxy.TestKit.Captures;

/// <summary>Bytes built number by number.</summary>
public sealed class NumberWriter(bool bigEndian)
{
    private readonly List<byte> _bytes = [];

    public bool IsBigEndian => bigEndian;

    public NumberWriter U2(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        }

        return Bytes(bytes);
    }

    public NumberWriter U4(uint value) => bigEndian
        ? U2((ushort)(value >> 16)).U2((ushort)value)
        : U2((ushort)value).U2((ushort)(value >> 16));

    public NumberWriter U8(ulong value) => bigEndian
        ? U4((uint)(value >> 32)).U4((uint)value)
        : U4((uint)value).U4((uint)(value >> 32));

    public NumberWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Bytes, and zeros up to a multiple of four.</summary>
    public NumberWriter Padded(ReadOnlySpan<byte> bytes) => Bytes(bytes).Bytes(new byte[-bytes.Length & 3]);

    public byte[] ToArray() => [.. _bytes];
}
