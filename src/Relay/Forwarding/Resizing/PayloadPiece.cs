using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>The front part of an audio payload, in whole frames of its codec (RFC 3551 section 4.5).</summary>
internal readonly record struct PayloadPiece(int Bytes, int Samples)
{
    private const int ShortestStep = 80; // 10 ms

    /// <summary>Samples that the packets of a codec come in multiples of: a frame, and never less than 10 ms.</summary>
    public static int StepOf(PayloadType codec) => Math.Max(AudioFraming.Of(codec)?.FrameSamples ?? 0, ShortestStep);

    /// <summary>
    /// The frames that hold the first <paramref name="samples"/>, rounded up; all of the packet if that is all it has.
    /// The media must be one of those whose duration <see cref="PayloadType.CountSamples"/> knows.
    /// </summary>
    public static PayloadPiece Cut(in QueuedPacket packet, int samples)
    {
        PayloadPiece piece = packet.PayloadType == PayloadType.G723
            ? G723Frames(packet.Payload, samples)
            : Frames(AudioFraming.Of(packet.PayloadType) ?? AudioFraming.ByteASample, samples);
        return piece.Bytes >= packet.PayloadLength ? WholeOf(packet) : piece;
    }

    public static PayloadPiece WholeOf(in QueuedPacket packet) => new(packet.PayloadLength, packet.Samples);

    /// <summary>
    /// Nothing may follow this payload in a packet: it ends in a G.729 silence frame, which is shorter than the others and
    /// has to be the last (RFC 3551 section 4.5.6).
    /// </summary>
    public static bool IsClosed(PayloadType codec, int payloadLength) =>
        codec == PayloadType.G729 && payloadLength % AudioFraming.G729.FrameBytes != 0;

    private static PayloadPiece Frames(AudioFraming frame, int samples)
    {
        AudioFraming frames = frame.Holding(samples);
        return new PayloadPiece(frames.FrameBytes, frames.FrameSamples);
    }

    private static PayloadPiece G723Frames(ReadOnlySpan<byte> payload, int samples)
    {
        int bytes = 0;
        int counted = 0;
        while (counted < samples && bytes < payload.Length)
        {
            bytes += PayloadType.G723FrameBytes(payload[bytes]);
            counted += AudioFraming.G723.FrameSamples;
        }

        return new PayloadPiece(bytes, counted);
    }
}
