using System.Collections.Immutable;

namespace RtpProxy.Sip.Sdp;

/// <summary>One session description, from its <c>v=</c> line to the next or to the end (RFC 8866 section 5).</summary>
/// <param name="Span">
/// From the <c>v</c> to behind the last character that belongs to it, line ends at the end excluded.
/// </param>
/// <param name="Origin">The address of <c>o=</c>.</param>
/// <param name="Name">The value of <c>s=</c>; null when the line is missing.</param>
/// <param name="Connection">
/// The first <c>c=</c> before the first media description; null when there is none, or none that can be read and no media
/// that needs a relay depends on it.
/// </param>
/// <param name="Attributes">Attributes before the first media description.</param>
/// <param name="Media">At least one.</param>
public sealed record SdpSession(
    TextSpan Span,
    SdpAddress Origin,
    TextSpan? Name,
    SdpAddress? Connection,
    ImmutableArray<SdpAttribute> Attributes,
    ImmutableArray<SdpMedia> Media)
{
    /// <summary>
    /// The address that a media description uses: its own, else the session's. Null only for media that needs no relay.
    /// </summary>
    public SdpAddress? ConnectionOf(SdpMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Connection ?? Connection;
    }
}
