using RtpProxy.Media.Prompts;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Playback;

/// <summary>
/// Plays one prompt to one party: one RTP stream of its own, from a packet with the marker to the end of the last round.
/// Until the party can be reached it waits, and then starts from the beginning.
/// </summary>
/// <remarks>Owned by one worker. All it knows beside the prompt is in <see cref="State"/>.</remarks>
internal sealed class Player
{
    private readonly Prompt _prompt;
    private readonly PromptPacket? _packet; // null: the frames of the codec are not known
    private PlayerState _state; // but for what the cursor has
    private PromptCursor _cursor;

    /// <param name="milliseconds">Duration of a packet; rounded up to whole frames of the codec.</param>
    /// <param name="rounds">How often to play; negative is until stopped, never 0.</param>
    /// <param name="extent">Which part of it.</param>
    /// <param name="random">Chance for SSRC, first sequence number and first timestamp (RFC 3550 section 5.1).</param>
    public Player(Leg listener, Prompt prompt, int milliseconds, int rounds, PlayerExtent extent, Random random)
        : this(listener, prompt, new PlayerState
        {
            Milliseconds = milliseconds,
            Rounds = rounds,
            RoundsLeft = rounds,
            Position = extent.Start,
            PacketsLeft = -1,
            IsWaiting = true,
            Ssrc = new Ssrc((uint)random.NextInt64(1L << 32)),
            NextSequence = new SequenceNumber((ushort)random.Next(1 << 16)),
            Timestamp = new RtpTimestamp((uint)random.NextInt64(1L << 32)),
        })
    {
        if (extent.MaxMilliseconds is { } longest && _packet is { } packet)
        {
            _state.PacketsLeft = (int)(((long)longest + packet.Milliseconds - 1) / packet.Milliseconds);
        }
    }

    /// <summary>Goes on where another left off.</summary>
    public Player(Leg listener, Prompt prompt, in PlayerState state)
    {
        Listener = listener;
        _prompt = prompt;
        _state = state;
        PayloadType = new PayloadType(prompt.PayloadType);
        _packet = PromptFormat.For(PayloadType)?.Packet(state.Milliseconds);
        if (_packet is { } packet)
        {
            _cursor = new PromptCursor(packet, state.RoundsLeft, state.Position);
        }
    }

    public Leg Listener { get; }

    public string PromptName => _prompt.Name;

    public PayloadType PayloadType { get; }

    public int Rounds => _state.Rounds;

    public Ssrc Ssrc => _state.Ssrc;

    public SequenceNumber NextSequence => _state.NextSequence;

    /// <summary>Time between two packets.</summary>
    public TimeSpan Interval => TimeSpan.FromMilliseconds(_packet.GetValueOrDefault().Milliseconds);

    /// <summary>When the next packet is to leave; valid when neither waiting nor silent.</summary>
    public Instant Due { get => _state.Due; set => _state.Due = value; }

    /// <summary>The party's address or our port for it is not known yet.</summary>
    public bool IsWaiting => _state.IsWaiting;

    /// <summary>
    /// Never has a packet to send nor an end to reach, and needs no deadline: a codec without known frames, or an endless
    /// prompt shorter than a packet.
    /// </summary>
    public bool IsSilent => _packet is not { } packet || (Rounds < 0 && _prompt.Frames.Length < packet.PayloadBytes);

    /// <summary>Ended or replaced; what still refers to it leaves it alone.</summary>
    public bool IsStopped { get; set; }

    /// <summary>The sample of the prompt's file that comes next.</summary>
    public long NextSample => _prompt.SampleAt(_cursor.Position);

    /// <summary>What it knows, to be copied out.</summary>
    public PlayerState State => _state with { RoundsLeft = _cursor.RoundsLeft, Position = _cursor.Position };

    public void Begin(Instant due)
    {
        _state.IsWaiting = false;
        Due = due;
    }

    /// <summary>Writes the packet that is due now and moves on. 0 when the prompt has been played often enough.</summary>
    /// <param name="destination">Room for the longest packet: a header and 999 ms of G.711.</param>
    public int WriteNext(Span<byte> destination)
    {
        if (_state.PacketsLeft == 0 || !_cursor.TryNext(_prompt.Frames.Span, out ReadOnlySpan<byte> payload))
        {
            return 0;
        }

        _state.PacketsLeft = Math.Max(_state.PacketsLeft - 1, -1);

        int length = RtpHeaderWriter.Write(destination, PayloadType, marker: !_state.HasBegun, NextSequence, _state.Timestamp, Ssrc);
        payload.CopyTo(destination[length..]);
        _state.HasBegun = true;
        _state.NextSequence = NextSequence.Next;
        _state.Timestamp = _state.Timestamp.Add(_packet.GetValueOrDefault().TimestampUnits);
        return length + payload.Length;
    }
}
