using static RtpProxy.Media.Recording.PcapNgFormat;

namespace RtpProxy.Media.Recording;

/// <summary>One of the interfaces that a pcapng section was captured on, and how its times are counted.</summary>
/// <param name="LinkType">Known or not.</param>
/// <param name="SnapLength">Bytes of a frame that were kept; 0 for all.</param>
/// <param name="UnitsPerSecond">Of its times.</param>
/// <param name="OffsetSeconds">What is added to them.</param>
internal readonly record struct CaptureInterface(uint LinkType, uint SnapLength, double UnitsPerSecond, long OffsetSeconds)
{
    private const double Microseconds = 1e6;

    /// <summary>Reads an interface description block.</summary>
    /// <param name="block">The whole block, at least <see cref="InterfaceDescriptionLength"/> bytes.</param>
    /// <param name="order">Byte order of the section.</param>
    public static CaptureInterface Read(ReadOnlySpan<byte> block, CaptureByteOrder order)
    {
        CaptureInterface read = new(order.UInt16(block[8..]), order.UInt32(block[12..]), Microseconds, 0);
        ReadOnlySpan<byte> options = block[16..^BlockTrailerLength];
        while (options.Length >= 4)
        {
            ushort code = order.UInt16(options);
            int length = order.UInt16(options[2..]);
            options = options[4..];
            if (code == OptionEnd || length > options.Length)
            {
                break;
            }

            read = code switch
            {
                OptionTimeResolution when length == 1 => read with { UnitsPerSecond = Resolution(options[0]) },
                OptionTimeOffset when length == 8 => read with { OffsetSeconds = order.Int64(options) },
                _ => read,
            };
            options = options[Math.Min((length + 3) & ~3, options.Length)..];
        }

        return read;
    }

    /// <summary>Seconds since the UNIX epoch.</summary>
    public double Seconds(ulong time)
    {
        // Whole seconds apart, as long as the resolution is a number that a double holds exactly: so no digit is lost.
        if (UnitsPerSecond < 1e15)
        {
            ulong units = (ulong)UnitsPerSecond;
            return (time / units) + ((time % units) / UnitsPerSecond) + OffsetSeconds;
        }

        return (time / UnitsPerSecond) + OffsetSeconds;
    }

    /// <summary>A negative power of ten, or with the highest bit of two.</summary>
    private static double Resolution(byte option) =>
        (option & 0x80) != 0 ? Math.ScaleB(1, option & 0x7f) : Math.Pow(10, option);
}
