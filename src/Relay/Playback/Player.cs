using RtpProxy.Media.Prompts;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Playback;

/// <summary>
/// Plays one prompt to one party: one RTP stream of its own, from a packet with the marker to the end of the last round.
/// Until the party can be reached it waits, and then starts from the beginning.
/// </summary>
/// <remarks>Owned by one worker. Plain data: it can be written out and read back.</remarks>
internal sealed class Player
{
    private readonly Prompt _prompt;
    private readonly PromptPacket? _packet; // null: the frames of the codec are not known
    private PromptCursor _cursor;
    private bool _hasBegun;
    private RtpTimestamp _timestamp;

    /// <param name="milliseconds">Duration of a packet; rounded up to whole frames of the codec.</param>
    /// <param name="rounds">How often to play; negative is until stopped, never 0.</param>
    /// <param name="random">Chance for SSRC, first sequence number and first timestamp (RFC 3550 section 5.1).</param>
    public Player(Leg listener, Prompt prompt, int milliseconds, int rounds, Random random)
    {
        Listener = listener;
        Rounds = rounds;
        _prompt = prompt;
        PayloadType = new PayloadType(prompt.PayloadType);
        _packet = PromptFormat.For(PayloadType)?.Packet(milliseconds);
        if (_packet is { } packet)
        {
            _cursor = new PromptCursor(packet, rounds);
        }

        Ssrc = new Ssrc((uint)random.NextInt64(1L << 32));
        NextSequence = new SequenceNumber((ushort)random.Next(1 << 16));
        _timestamp = new RtpTimestamp((uint)random.NextInt64(1L << 32));
    }

    public Leg Listener { get; }

    public string PromptName => _prompt.Name;

    public PayloadType PayloadType { get; }

    public int Rounds { get; }

    public Ssrc Ssrc { get; }

    public SequenceNumber NextSequence { get; private set; }

    /// <summary>Time between two packets.</summary>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(_packet.GetValueOrDefault().Milliseconds);

    /// <summary>When the next packet is to leave; valid when neither waiting nor silent.</summary>
    public Instant Due { get; set; }

    /// <summary>The party's address or our port for it is not known yet.</summary>
    public bool IsWaiting { get; private set; } = true;

    /// <summary>
    /// Never has a packet to send nor an end to reach, and needs no deadline: a codec without known frames, or an endless
    /// prompt shorter than a packet.
    /// </summary>
    public bool IsSilent => _packet is not { } packet || (Rounds < 0 && _prompt.Frames.Length < packet.PayloadBytes);

    /// <summary>Ended or replaced; what still refers to it leaves it alone.</summary>
    public bool IsStopped { get; set; }

    public void Begin(Instant due)
    {
        IsWaiting = false;
        Due = due;
    }

    /// <summary>Writes the packet that is due now and moves on. 0 when the prompt has been played often enough.</summary>
    /// <param name="destination">Room for the longest packet: a header and 999 ms of G.711.</param>
    public int WriteNext(Span<byte> destination)
    {
        if (!_cursor.TryNext(_prompt.Frames.Span, out ReadOnlySpan<byte> payload))
        {
            return 0;
        }

        int length = RtpHeaderWriter.Write(destination, PayloadType, marker: !_hasBegun, NextSequence, _timestamp, Ssrc);
        payload.CopyTo(destination[length..]);
        _hasBegun = true;
        NextSequence = NextSequence.Next;
        _timestamp = _timestamp.Add(_packet.GetValueOrDefault().TimestampUnits);
        return length + payload.Length;
    }
}
