using RtpProxy.Sip;

namespace RtpProxy.Controller.Offers;

/// <summary>
/// Chooses by kind of message, method, status and transaction what <c>rtpproxy_manage</c> does with it.
/// </summary>
/// <param name="Action">What to do.</param>
/// <param name="IsApplicable">
/// False when the message is none of those that carry or end media (the module's -1).
/// </param>
internal readonly record struct ManageDecision(MediaAction Action, bool IsApplicable)
{
    private static readonly ManageDecision NotApplicable = new(MediaAction.None, false);
    private static readonly ManageDecision LeaveAlone = new(MediaAction.None, true);

    /// <summary>Decides.</summary>
    /// <param name="message">The message.</param>
    /// <param name="hasSdp">Whether its body can be read as SDP.</param>
    /// <param name="route">Where in its processing it is.</param>
    /// <param name="transaction">What is known of the request, for replies and CANCEL.</param>
    public static ManageDecision For(
        SipMessage message, bool hasSdp, MessageRoute route, TransactionFacts? transaction)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (route == MessageRoute.BranchFailure)
        {
            return LeaveAlone;
        }

        return message.Method switch
        {
            "BYE" => Do(MediaAction.Destroy),
            "CANCEL" => DestroyUnlessInDialog(IsInDialog(message, transaction)),
            "ACK" => message.IsRequest && hasSdp ? Do(MediaAction.Answer) : NotApplicable,
            "PRACK" or "UPDATE" => ForInDialogOffer(message, hasSdp, route),
            "INVITE" => message.IsRequest
                ? ForInvite(message, hasSdp, route)
                : ForInviteReply(message, hasSdp, transaction),
            _ => NotApplicable,
        };
    }

    private static ManageDecision ForInvite(SipMessage invite, bool hasSdp, MessageRoute route)
    {
        if (!hasSdp)
        {
            return NotApplicable;
        }

        return route == MessageRoute.Failure
            ? EndOrTakeBack(invite.ToTag is not null)
            : Do(MediaAction.Offer);
    }

    private static ManageDecision ForInviteReply(SipMessage reply, bool hasSdp, TransactionFacts? transaction)
    {
        if (reply.StatusCode >= 300)
        {
            return EndOrTakeBack(transaction is { InDialog: true });
        }

        if (!hasSdp)
        {
            return NotApplicable;
        }

        return Do(transaction is { HadSdp: false } ? MediaAction.Offer : MediaAction.Answer);
    }

    // Both exist only within a dialog, so a refusal ends nothing.
    private static ManageDecision ForInDialogOffer(SipMessage message, bool hasSdp, MessageRoute route)
    {
        if (message.StatusCode >= 300 || (message.IsRequest && route == MessageRoute.Failure))
        {
            return Do(MediaAction.TakeBack);
        }

        if (!hasSdp)
        {
            return NotApplicable;
        }

        return Do(message.IsRequest ? MediaAction.Offer : MediaAction.Answer);
    }

    // A re-INVITE that is refused ends nothing: the call goes on with the media it had (RFC 3261 section 14.1).
    private static ManageDecision EndOrTakeBack(bool inDialog) =>
        Do(inDialog ? MediaAction.TakeBack : MediaAction.Destroy);

    // A re-INVITE that is cancelled may still be accepted: its final response says what holds (RFC 3261 section 9.1).
    private static ManageDecision DestroyUnlessInDialog(bool inDialog) =>
        inDialog ? LeaveAlone : Do(MediaAction.Destroy);

    // A CANCEL repeats the To of the request it cancels; in a reply the tag may be new.
    private static bool IsInDialog(SipMessage cancel, TransactionFacts? transaction) =>
        cancel.IsRequest ? cancel.ToTag is not null : transaction is { InDialog: true };

    private static ManageDecision Do(MediaAction action) => new(action, true);
}
