using RtpProxy.Rtp;

namespace RtpProxy.Relay.Calls;

/// <summary>What a party says of one of its media lines.</summary>
/// <param name="Type">As in its description: <c>audio</c>, <c>video</c>, <c>image</c> …</param>
/// <param name="Protocol">As in its description: <c>RTP/AVP</c> …</param>
/// <param name="Rtp">Where it wants its media. Port 0 rejects the line; the unspecified address wants no media now.</param>
/// <param name="Rtcp">Where it wants its RTCP; unknown for the port after.</param>
/// <param name="PayloadTypes">Its formats, with commas between.</param>
/// <param name="DigitPayloadType">The payload type of its telephone events; -1 for none.</param>
/// <param name="RtcpMux">What is said of RTCP on the same port.</param>
/// <param name="PtimeMilliseconds">Packet duration for what it sends on its way to the other party; 0 leaves packets as they are.</param>
/// <param name="PtimeTowardMilliseconds">The same for what the other party sends on its way to it, where that says nothing of its own.</param>
/// <param name="Memo">What the protocol in front keeps of the line, to describe it to others; null for what others cannot hear.</param>
/// <param name="DigitClock">Ticks in a second of the timestamps of its telephone events, at least 1.</param>
/// <param name="OffersKeys">Keys are told although the profile needs none, or nobody told whether there are: it is encrypted where the other party says the same (OSRTP, RFC 8643).</param>
public readonly record struct MediaDescription(
    string Type,
    string Protocol,
    MediaKind Kind,
    Endpoint Rtp,
    Endpoint Rtcp,
    LineDirection Direction,
    string PayloadTypes,
    int DigitPayloadType,
    int PtimeMilliseconds = 0,
    RtcpMuxFacts RtcpMux = RtcpMuxFacts.None,
    byte[]? Memo = null,
    int PtimeTowardMilliseconds = 0,
    int DigitClock = MediaDescription.UsualDigitClock,
    bool OffersKeys = false)
{
    /// <summary>The clock of the codecs that are in use most.</summary>
    public const int UsualDigitClock = 8000;

    /// <summary>The profile says that the parties encrypt it end to end (SRTP).</summary>
    public bool NeedsKeys => Protocol.Contains("/SAVP", StringComparison.OrdinalIgnoreCase);

    /// <summary>Media of the line may be relayed.</summary>
    public bool IsRelayed => Kind != MediaKind.Unrelayed && Rtp.Port != 0;

    /// <summary>The party wants nothing sent to it (ng protocol).</summary>
    public bool WantsNothing => Rtp.Port == 0 || Rtp.IsUnspecified;

    /// <summary>The party does not send, or does not want to hear.</summary>
    public bool IsHeld => WantsNothing || Direction != LineDirection.SendReceive;
}
