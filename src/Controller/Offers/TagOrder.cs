using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// Which tag goes first. In <c>U</c> the first tag is the party whose SDP is passed on, in <c>L</c> the second is; who
/// was first in the session plays no part.
/// </summary>
/// <param name="First">The first tag.</param>
/// <param name="Second">The second tag; null when there is none yet.</param>
internal readonly record struct TagOrder(string First, string? Second)
{
    /// <summary>The order for an offer or an answer.</summary>
    /// <returns>Null when a To tag is needed and missing.</returns>
    public static TagOrder? For(SipMessage message, CallIdentity call, MediaAction action, bool lookupOnly)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(call);
        if (lookupOnly)
        {
            return call.ToTag is not { } known ? null
                : message.IsRequest ? new TagOrder(known, call.FromTag) : new TagOrder(call.FromTag, known);
        }

        // The sender of a request is From, the sender of a reply is To.
        bool senderIsFirst = action == MediaAction.Offer;
        if (message.IsRequest == senderIsFirst)
        {
            return new TagOrder(call.FromTag, call.ToTag);
        }

        return call.ToTag is { } toTag ? new TagOrder(toTag, call.FromTag) : null;
    }
}
