using System.Runtime.InteropServices;
using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>What must be known of a packet to order and decode it; its payload stays in a file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PacketEntry
{
    /// <summary>Where the payload begins in its store.</summary>
    public required long PayloadOffset { get; init; }

    /// <summary>Seconds since the UNIX epoch.</summary>
    public required double ArrivalSeconds { get; init; }

    public required RtpTimestamp Timestamp { get; init; }

    public required SequenceNumber Sequence { get; init; }

    public required ushort PayloadLength { get; init; }

    public required PayloadType PayloadType { get; init; }

    /// <summary>Which file has the payload.</summary>
    public required PayloadStore Store { get; init; }
}
