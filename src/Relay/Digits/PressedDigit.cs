using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>An event of a party, known by the timestamp that all its packets have. Plain data.</summary>
internal struct PressedDigit
{
    public RtpTimestamp Timestamp;

    /// <summary>The longest that was told, in units of the RTP clock.</summary>
    public ushort Duration;

    /// <inheritdoc cref="TelephoneEvent.Code"/>
    public byte Code;

    public DigitPhase Phase;
}
