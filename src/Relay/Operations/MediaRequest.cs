using RtpProxy.Relay.Operations.Further;

namespace RtpProxy.Relay.Operations;

/// <summary>An offer or an answer for one media line, and what shall be done right after it.</summary>
/// <param name="ToTag">Null while nobody has answered.</param>
/// <param name="Further">From first to last, until one fails (control protocol, section 4).</param>
public abstract record MediaRequest(
    string CallId, string FromTag, string? ToTag, LegRequest Leg, IReadOnlyList<FurtherOperation> Further);

/// <inheritdoc cref="MediaRequest"/>
public sealed record OfferRequest(
    string CallId, string FromTag, string? ToTag, LegRequest Leg, IReadOnlyList<FurtherOperation> Further)
    : MediaRequest(CallId, FromTag, ToTag, Leg, Further)
{
    /// <summary>Who shall be told of a timeout; null for nobody.</summary>
    public NoticeRequest? Notice { get; init; }

    /// <summary>A notification socket that stands alone: it is not permitted or has no tag, and only the log hears of it.</summary>
    public string? UselessNoticeSocket { get; init; }
}

/// <inheritdoc cref="MediaRequest"/>
public sealed record AnswerRequest(
    string CallId, string FromTag, string? ToTag, LegRequest Leg, IReadOnlyList<FurtherOperation> Further)
    : MediaRequest(CallId, FromTag, ToTag, Leg, Further);
