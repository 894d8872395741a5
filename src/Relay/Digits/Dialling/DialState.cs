using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits.Dialling;

/// <summary>What a <see cref="Dialler"/> knows. Plain data.</summary>
internal struct DialState
{
    public DialledDigits Digits;

    /// <summary>How many of them there are.</summary>
    public byte Count;

    /// <summary>Packets of the first that have left; 0 before it.</summary>
    public int Sent;

    /// <summary>Of the party's stream, as the digit began.</summary>
    public Ssrc Ssrc;

    public RtpTimestamp Timestamp;

    /// <summary>When the next packet leaves, or the pause ends.</summary>
    public Instant Due;
}
