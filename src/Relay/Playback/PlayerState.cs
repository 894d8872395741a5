using RtpProxy.Rtp;

namespace RtpProxy.Relay.Playback;

/// <summary>What a <see cref="Player"/> knows beside its prompt. Plain data.</summary>
internal struct PlayerState
{
    /// <summary>Duration of a packet as it was asked for.</summary>
    public int Milliseconds;

    /// <summary>How often to play in all; negative is until stopped.</summary>
    public int Rounds;

    /// <summary>How often to play from now on, the present round included.</summary>
    public int RoundsLeft;

    /// <summary>How many packets may follow at most; negative for as many as there are.</summary>
    public int PacketsLeft;

    /// <summary>Where in the prompt the next packet begins.</summary>
    public int Position;

    public Ssrc Ssrc;

    public SequenceNumber NextSequence;

    public RtpTimestamp Timestamp;

    /// <inheritdoc cref="Player.Due"/>
    public Instant Due;

    /// <inheritdoc cref="Player.IsWaiting"/>
    public bool IsWaiting;

    /// <summary>The packet with the marker has left.</summary>
    public bool HasBegun;
}
