using RtpProxy.Rtp;

namespace RtpProxy.Relay.Forwarding.Resizing;

/// <summary>All that <see cref="OutgoingNumbers"/> knows. Plain data; all zero is before the first packet.</summary>
internal struct OutgoingNumbersState
{
    public Ssrc Ssrc;

    /// <summary>The highest that was given.</summary>
    public SequenceNumber? Last;

    /// <summary>Up to here no number is free.</summary>
    public SequenceNumber GivenUpTo;

    /// <summary>From a packet's own number to the one it leaves with.</summary>
    public int Offset;

    /// <summary>Something was cut or joined.</summary>
    public bool IsConsecutive;

    /// <summary>The next one follows the last, whatever its own number is.</summary>
    public bool MustFollow;
}
