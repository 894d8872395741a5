using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>publish</c> (ng protocol, 3.10): somebody sends media, which others may subscribe to.</summary>
/// <param name="Sdp">1 to <see cref="NgLimits.MaxSdpLength"/> bytes, one to one.</param>
/// <param name="CallId">Null: invent one.</param>
/// <param name="FromTag">Who sends; null: invent one.</param>
public sealed record PublishRequest(string Sdp, string? CallId, string? FromTag, MediaOptions Options) : NgRequest
{
    /// <summary>The client understands the reply <c>load limit</c> (8.1).</summary>
    public bool SupportsLoadLimit { get; init; }
}
