using RtpProxy.Rtp;

namespace RtpProxy.Media.Recording;

/// <summary>One packet of a recording.</summary>
/// <remarks>Borrowed from the reader: valid until its next packet is asked for.</remarks>
public readonly ref struct RecordedPacket
{
    /// <summary>RTP or RTCP as it was on the wire; nothing about it has been checked, and it may be empty.</summary>
    public ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Who sent it; not known when the family of the address is not.</summary>
    public Endpoint Source { get; init; }

    /// <summary>Where it went; not known in an ad-hoc recording.</summary>
    public Endpoint Destination { get; init; }

    /// <summary>
    /// Arrival in seconds since the UNIX epoch, as the file has it; a hostile file may hold any value. Not a
    /// number where the file does not tell (simple packet blocks of pcapng).
    /// </summary>
    public double ArrivalSeconds { get; init; }

    /// <summary>Offset in bytes of the record in the file.</summary>
    public long RecordOffset { get; init; }

    /// <summary>Offset in bytes of <see cref="Bytes"/> in the file.</summary>
    public long BytesOffset { get; init; }
}
