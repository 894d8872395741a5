using System.Collections.Immutable;
using System.Net;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>What one media line, with the session's lines above it, says.</summary>
public sealed record SdpMediaFacts
{
    internal SdpMediaFacts(SdpMediaLine line, SdpSection section)
    {
        Line = line;
        Section = section;
    }

    /// <summary>From 1, in the order of the description.</summary>
    public required int Index { get; init; }

    /// <summary><c>audio</c>, <c>video</c>, <c>image</c>, ..., as written.</summary>
    public required string Type { get; init; }

    /// <summary>0 to 65,535; 0 for media that is refused or has ended.</summary>
    public required int Port { get; init; }

    /// <summary>The number behind the slash; 1 when there is none.</summary>
    public required int PortCount { get; init; }

    /// <summary>The transport, as written.</summary>
    public required string Protocol { get; init; }

    /// <summary><see cref="SdpProfile.None"/> unless <see cref="Kind"/> is <see cref="SdpMediaKind.Rtp"/>.</summary>
    public required SdpProfile Profile { get; init; }

    public required SdpMediaKind Kind { get; init; }

    /// <summary>Everything behind the transport: payload types or other formats, as written.</summary>
    public required string Formats { get; init; }

    /// <summary>
    /// Where the party wants its media: its own <c>c=</c>, else the session's. Null only where nobody asks: media that is not
    /// relayed.
    /// </summary>
    public required IPAddress? Address { get; init; }

    /// <summary>0.0.0.0 or :: as address of media that uses no ICE: nothing must be sent there (RFC 3264 section 8.4).</summary>
    public required bool HasNullAddress { get; init; }

    /// <summary>This line's own direction, else the session's, else both ways.</summary>
    public required MediaDirection Direction { get; init; }

    /// <summary>The port of <c>a=rtcp</c> (RFC 3605), 1 to 65,535; null when it is the one above the media's.</summary>
    public required int? RtcpPort { get; init; }

    /// <summary>The address of <c>a=rtcp</c>; null when it is the media's.</summary>
    public required IPAddress? RtcpAddress { get; init; }

    /// <summary><c>a=rtcp-mux</c> (RFC 5761).</summary>
    public required bool HasRtcpMux { get; init; }

    /// <summary>Milliseconds of <c>a=ptime</c>, at least 1; null when nothing readable is said.</summary>
    public required int? Ptime { get; init; }

    /// <summary>The payload types of RTP in their order, each once; none for other media.</summary>
    public required ImmutableArray<SdpCodec> Codecs { get; init; }

    public required string? Mid { get; init; }

    public required string? Label { get; init; }

    /// <summary>An <c>a=crypto</c> line (RFC 4568), on whatever profile.</summary>
    public required bool HasCrypto { get; init; }

    /// <summary>
    /// How to agree on keys of SRTP is told, on whatever profile: by <c>a=crypto</c>, <c>a=key-mgmt</c> (RFC 4567) or <c>a=zrtp-hash</c>
    /// (RFC 6189). A fingerprint on a profile without DTLS goes no further, so it means nothing.
    /// </summary>
    public required bool HasKeys { get; init; }

    /// <summary><c>a=fingerprint</c> of this line or of the session (RFC 8122).</summary>
    public required string? Fingerprint { get; init; }

    /// <summary><c>a=setup</c> of this line or of the session (RFC 4145).</summary>
    public required string? Setup { get; init; }

    /// <summary>True when the party can do ICE here (RFC 8839).</summary>
    public required bool HasIce { get; init; }

    /// <summary>True when a relay has to open ports for this line.</summary>
    public bool NeedsPorts => Kind != SdpMediaKind.NotRelayed && Port != 0;

    /// <summary>True when packets are encrypted, or may be (OSRTP, RFC 8643).</summary>
    public bool IsSecure => Profile.IsSecure() || (Kind == SdpMediaKind.Rtp && HasCrypto);

    /// <summary>The first <c>telephone-event</c>; null when there is none.</summary>
    public SdpCodec? TelephoneEvent
    {
        get
        {
            foreach (SdpCodec codec in Codecs)
            {
                if (codec.IsTelephoneEvent)
                {
                    return codec;
                }
            }

            return null;
        }
    }

    internal SdpMediaLine Line { get; }

    internal SdpSection Section { get; }
}
