using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>The latest packets of a source as its first flow carried them, to know them again in another.</summary>
internal sealed class LatestOfSource(Flow flow)
{
    private const int Kept = 64; // more than a second

    private readonly (SequenceNumber Sequence, RtpTimestamp Timestamp, int Content)[] _packets = new (SequenceNumber, RtpTimestamp, int)[Kept];
    private int _next;
    private int _count;

    public Flow Flow { get; } = flow;

    public void Add(in RtpPacket packet)
    {
        _packets[_next] = (packet.Sequence, packet.Timestamp, ContentOf(packet));
        _next = (_next + 1) % Kept;
        _count = Math.Min(_count + 1, Kept);
    }

    public bool Holds(in RtpPacket packet) =>
        _packets.AsSpan(0, _count).Contains((packet.Sequence, packet.Timestamp, ContentOf(packet)));

    private static int ContentOf(in RtpPacket packet)
    {
        HashCode hash = default;
        hash.AddBytes(packet.Payload);
        return hash.ToHashCode();
    }
}
