using RtpProxy.Control;
using RtpProxy.Control.Commands;
using RtpProxy.Controller.Sdp;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>Whether a message can be taken as an offer or an answer, and if so, how.</summary>
/// <param name="Outcome"><see cref="MediaOutcome.Done"/> when <paramref name="Exchange"/> is there.</param>
/// <param name="Exchange">What to send and to change; null when there is nothing to do.</param>
/// <param name="Reason">Why there is nothing to do; empty otherwise.</param>
public readonly record struct ExchangeStart(MediaOutcome Outcome, MediaExchange? Exchange, string Reason)
{
    /// <summary>Prepares an offer or an answer.</summary>
    /// <param name="message">The message that carries the SDP.</param>
    /// <param name="sdp">What <see cref="SdpBodies.Find"/> says of it.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="action"><see cref="MediaAction.Offer"/> or <see cref="MediaAction.Answer"/>.</param>
    /// <param name="flags">The flags of the function.</param>
    /// <param name="options">The module's parameters.</param>
    /// <param name="addressOverride">The address to write instead of the node's; null for the node's.</param>
    public static ExchangeStart Prepare(
        SipMessage message,
        SdpBodies sdp,
        MessageContext context,
        MediaAction action,
        MediaFlags flags,
        CallMediaOptions options,
        string? addressOverride)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(sdp);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(flags);
        ArgumentNullException.ThrowIfNull(options);
        if (action == MediaAction.Answer && (flags.LookupOnly || (message.IsRequest && message.Method != "ACK")))
        {
            string why = flags.LookupOnly ? "flag l is for offers" : "only a reply or an ACK carries an answer";
            return new ExchangeStart(MediaOutcome.NotApplicable, null, why);
        }

        if (flags.BridgeFamilies && flags.FirstDirection is not null)
        {
            return new ExchangeStart(MediaOutcome.Failed, null, "flag x and the flags i and e exclude each other");
        }

        if (!CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out string reason))
        {
            return new ExchangeStart(MediaOutcome.Failed, null, reason);
        }

        if (TagOrder.For(message, call, action, flags.LookupOnly) is not { } tags)
        {
            return new ExchangeStart(MediaOutcome.Failed, null, "the message has no To tag");
        }

        string mark = options.Mark;
        if (mark.Length > 0 && !flags.IgnoreMark && sdp.First is { } first && RelayMark.IsIn(message.Text, first, mark))
        {
            return new ExchangeStart(
                MediaOutcome.AlreadyRelayed, null, "the description carries the mark of a relay and flag f is not given");
        }

        if (sdp.Presence != SdpPresence.Present)
        {
            MediaOutcome outcome =
                sdp.Presence == SdpPresence.Absent ? MediaOutcome.NotApplicable : MediaOutcome.Failed;
            return new ExchangeStart(outcome, null, sdp.Reason);
        }

        int count = sdp.All.Sum(b => b.Sessions.Sum(s => s.Media.Length));
        if (count > options.MaxMedia)
        {
            return new ExchangeStart(
                MediaOutcome.Failed, null, $"the message has {count} media descriptions, more than {options.MaxMedia}");
        }

        bool isLookup = flags.LookupOnly || action == MediaAction.Answer;
        NotifyTarget? notify = null;
        if (options.TimeoutSocket is { } socket && !isLookup)
        {
            if (string.IsNullOrEmpty(context.TimeoutTag))
            {
                return new ExchangeStart(
                    MediaOutcome.Failed, null, "a timeout socket is configured, but the context has no timeout tag");
            }

            notify = MediaCommandBuilder.NotifyTargetFor(socket, context.TimeoutTag);
        }

        SdpSession firstSession = sdp.All[0].Sessions[0];
        var builder = new MediaCommandBuilder
        {
            Call = call,
            Tags = tags,
            Flags = flags,
            IsLookup = isLookup,
            Source = context.Source,
            FirstFamily = firstSession.ConnectionOf(firstSession.Media[0]).Family,
            Notify = notify,
            Undo = UndoFor(message, context, call, isLookup),
        };
        var exchange = new MediaExchange(call, builder, sdp.All, flags, context, mark, addressOverride);
        return new ExchangeStart(MediaOutcome.Done, exchange, "");
    }

    // Only what is certainly new may be deleted: the first offer of a call, or a late offer in reply to its first
    // INVITE.
    private static DeleteCommand? UndoFor(
        SipMessage message, MessageContext context, CallIdentity call, bool isLookup)
    {
        bool isNew = message.IsRequest
            ? call.ToTag is null
            : context.Transaction is { InDialog: false, HadSdp: false };
        return isNew && !isLookup ? new DeleteCommand(call.Key, call.FromTag, call.ToTag) : null;
    }
}
