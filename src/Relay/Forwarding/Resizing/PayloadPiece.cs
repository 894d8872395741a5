using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>The front part of an audio payload, in whole frames of its codec (RFC 3551 section 4.5).</summary>
internal readonly record struct PayloadPiece(int Bytes, int Samples)
{
    private const int G729FrameBytes = 10;
    private const int G729FrameSamples = 80;
    private const int GsmFrameBytes = 33;
    private const int GsmFrameSamples = 160;
    private const int G723FrameSamples = 240;
    private const int OtherStep = 80; // 10 ms of the codecs without frames

    /// <summary>Samples that the packets of a codec come in multiples of: a frame, and never less than 10 ms.</summary>
    public static int StepOf(PayloadType codec) => codec.Value switch
    {
        3 => GsmFrameSamples,
        4 => G723FrameSamples,
        _ => OtherStep,
    };

    /// <summary>
    /// The frames that hold the first <paramref name="samples"/>, rounded up; all of the packet if that is all it has.
    /// The media must be one of those whose duration <see cref="PayloadType.CountSamples"/> knows.
    /// </summary>
    public static PayloadPiece Cut(in QueuedPacket packet, int samples)
    {
        PayloadPiece piece = packet.PayloadType.Value switch
        {
            18 => Frames(samples, G729FrameSamples, G729FrameBytes),
            3 => Frames(samples, GsmFrameSamples, GsmFrameBytes),
            4 => G723Frames(packet.Payload, samples),
            _ => new PayloadPiece(samples, samples), // G.711, and G.722, whose clock counts one byte as one sample
        };
        return piece.Bytes >= packet.PayloadLength ? WholeOf(packet) : piece;
    }

    public static PayloadPiece WholeOf(in QueuedPacket packet) => new(packet.PayloadLength, packet.Samples);

    /// <summary>
    /// Nothing may follow this payload in a packet: it ends in a G.729 silence frame, which is shorter than the others and
    /// has to be the last (RFC 3551 section 4.5.6).
    /// </summary>
    public static bool IsClosed(PayloadType codec, int payloadLength) =>
        codec == PayloadType.G729 && payloadLength % G729FrameBytes != 0;

    private static PayloadPiece Frames(int samples, int frameSamples, int frameBytes)
    {
        int frames = (samples + frameSamples - 1) / frameSamples;
        return new PayloadPiece(frames * frameBytes, frames * frameSamples);
    }

    private static PayloadPiece G723Frames(ReadOnlySpan<byte> payload, int samples)
    {
        int bytes = 0;
        int counted = 0;
        while (counted < samples && bytes < payload.Length)
        {
            bytes += PayloadType.G723FrameBytes(payload[bytes]);
            counted += G723FrameSamples;
        }

        return new PayloadPiece(bytes, counted);
    }
}
