using System.Runtime.InteropServices;
using static System.Buffers.Binary.BinaryPrimitives;

namespace RtpProxy.Media.Recording;

/// <summary>Reads the numbers of a capture file, which are in the byte order of the machine that wrote it.</summary>
/// <param name="IsSwapped">That machine was of the other kind.</param>
internal readonly record struct CaptureByteOrder(bool IsSwapped)
{
    public ushort UInt16(ReadOnlySpan<byte> bytes)
    {
        ushort value = MemoryMarshal.Read<ushort>(bytes);
        return IsSwapped ? ReverseEndianness(value) : value;
    }

    public uint UInt32(ReadOnlySpan<byte> bytes)
    {
        uint value = MemoryMarshal.Read<uint>(bytes);
        return IsSwapped ? ReverseEndianness(value) : value;
    }

    public long Int64(ReadOnlySpan<byte> bytes)
    {
        long value = MemoryMarshal.Read<long>(bytes);
        return IsSwapped ? ReverseEndianness(value) : value;
    }
}
