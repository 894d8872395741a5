using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>An offer or an answer that is to go through a relay, whoever brings it: a SIP message, or a program that has its SDP.</summary>
internal sealed record ExchangeRequest
{
    /// <summary><see cref="MediaAction.Offer"/> or <see cref="MediaAction.Answer"/>.</summary>
    public required MediaAction Action { get; init; }

    public required CallIdentity Call { get; init; }

    public required TagOrder Tags { get; init; }

    /// <summary>Certainly the first offer of its call.</summary>
    public required bool BeginsCall { get; init; }

    /// <summary>What the offer and its answers have in common; null when nothing is remembered of them.</summary>
    public required TransactionId? Transaction { get; init; }

    public required SdpBodies Sdp { get; init; }

    /// <summary>The text that <see cref="Sdp"/> is a view of.</summary>
    public required string Text { get; init; }

    public required MediaTerms Terms { get; init; }
}
