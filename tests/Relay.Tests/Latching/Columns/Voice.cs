using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>Somebody who sends a packet every frame (or every few), honest or not, and what became of each.</summary>
internal sealed class Voice(Endpoint source, uint ssrc = 7, int sequence = 1_000)
{
    private readonly uint _firstTimestamp = ssrc * 1_000_003;
    private readonly int _firstSequence = sequence;

    /// <summary>Where it sends from; another place goes on with the same stream.</summary>
    public Endpoint Source { get; set; } = source;

    public uint Ssrc { get; } = ssrc;

    /// <summary>The number of its next packet.</summary>
    public int Sequence { get; set; } = sequence;

    public uint Timestamp => _firstTimestamp + (uint)((Sequence - _firstSequence) * 160);

    /// <summary>Sends in every so many frames of 20 ms.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Frames before it begins.</summary>
    public int Delay { get; init; }

    /// <summary>Frames after which it ends, counted from the beginning of a run.</summary>
    public int Frames { get; init; } = int.MaxValue;

    /// <summary>What it sends instead of RTP, given the number of the packet.</summary>
    public Func<int, byte[]>? Other { get; init; }

    /// <summary>When each packet was sent, and whether the other party got it.</summary>
    public List<(Instant At, bool IsHeard)> Packets { get; } = [];

    public int Heard => Packets.Count(p => p.IsHeard);

    public int Lost => Packets.Count(p => !p.IsHeard);

    public bool SendsIn(int frame) => frame >= Delay && frame < Frames && (frame - Delay) % Every == 0;

    public byte[] Next()
    {
        byte[] packet = Other?.Invoke(Sequence) ?? RtpBytes.Rtp(Sequence & 0xFFFF, Ssrc, Timestamp);
        Sequence++;
        return packet;
    }

    /// <summary>T.38 over UDPTL, a packet every 40 ms.</summary>
    public static Voice Fax(Endpoint source, int delay = 0) => new(source)
    {
        Every = 2,
        Delay = delay,
        Other = i => [(byte)((i - 1_000) >> 8), (byte)(i - 1_000), 6, 0xC0, 1, 0x80, 0, 0, 0xFF],
    };
}
