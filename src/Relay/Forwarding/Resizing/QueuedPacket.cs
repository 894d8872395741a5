using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>A packet, or what is left of one after its first frames were sent, in the queue of a re-packetiser.</summary>
internal struct QueuedPacket
{
    /// <summary>From the pool: the header as received, CSRC list and extension included, then the payload without padding.</summary>
    public required byte[] Buffer { get; init; }

    public required int HeaderLength { get; init; }

    public required PayloadType PayloadType { get; init; }

    public required Ssrc Ssrc { get; init; }

    public required SequenceNumber Sequence { get; init; }

    /// <summary>Of the first sample that is left.</summary>
    public required RtpTimestamp Timestamp { get; set; }

    /// <summary>8 kHz samples that are left.</summary>
    public required int Samples { get; set; }

    public required bool Marker { get; set; }

    /// <summary>Where in the buffer the payload that is left begins.</summary>
    public required int PayloadStart { get; set; }

    public required int PayloadLength { get; set; }

    /// <summary>Nothing was taken off yet.</summary>
    public readonly bool IsWhole => PayloadStart == HeaderLength;

    public readonly ReadOnlySpan<byte> Header => Buffer.AsSpan(0, HeaderLength);

    public readonly ReadOnlySpan<byte> Payload => Buffer.AsSpan(PayloadStart, PayloadLength);

    /// <summary>Takes frames off the front; the rest begins later and carries no marker.</summary>
    public void Skip(in PayloadPiece piece)
    {
        PayloadStart += piece.Bytes;
        PayloadLength -= piece.Bytes;
        Timestamp = Timestamp.Add(piece.Samples);
        Samples -= piece.Samples;
        Marker = false;
    }
}
