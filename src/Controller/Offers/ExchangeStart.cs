using System.Collections.Immutable;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Sdp;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Offers;

/// <summary>Whether a message can be taken as an offer or an answer, and if so, how.</summary>
/// <param name="Outcome"><see cref="MediaOutcome.Done"/> when <paramref name="Exchange"/> is there.</param>
/// <param name="Exchange">What to send and to change; null when there is nothing to do.</param>
/// <param name="Reason">Why there is nothing to do; empty otherwise.</param>
/// <param name="Refusal">What the sender may be told when the outcome is <see cref="MediaOutcome.Failed"/>; else null.</param>
internal readonly record struct ExchangeStart(
    MediaOutcome Outcome, MediaExchange? Exchange, string Reason, MediaRefusal? Refusal = null)
{
    /// <summary>Prepares an offer or an answer that a SIP message carries.</summary>
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

        if (FindConflict(flags) is { } conflict)
        {
            return conflict;
        }

        if (!CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out string reason))
        {
            return Fail(reason, MediaRefusal.Malformed(reason));
        }

        if (TagOrder.For(message, call, action, flags.LookupOnly) is not { } tags)
        {
            return Fail("the message has no To tag", MediaRefusal.Malformed("the message has no To tag"));
        }

        return Prepare(
            new ExchangeRequest
            {
                Action = action,
                Call = call,
                Tags = tags,
                BeginsCall = IsFirstOffer(message, context, call, isLookup: flags.LookupOnly || action == MediaAction.Answer),
                Transaction = TransactionId.Of(message),
                Sdp = sdp,
                Text = message.Text,
                Terms = new MediaTerms
                {
                    Flags = flags,
                    Set = context.Set,
                    Source = context.Source,
                    Local = context.Local,
                    Address = addressOverride,
                    IcePriority = context.IcePriority,
                    TimeoutTag = context.TimeoutTag,
                    Digits = context.Digits,
                },
            },
            options);
    }

    /// <summary>Prepares an offer or an answer, whoever brings it.</summary>
    public static ExchangeStart Prepare(ExchangeRequest request, CallMediaOptions options)
    {
        (MediaTerms terms, SdpBodies sdp) = (request.Terms, request.Sdp);
        if (FindConflict(terms.Flags) is { } conflict)
        {
            return conflict;
        }

        string mark = options.Mark;
        if (mark.Length > 0 && !terms.Flags.IgnoreMark && sdp.First is { } first && RelayMark.IsIn(request.Text, first, mark))
        {
            return new ExchangeStart(
                MediaOutcome.AlreadyRelayed, null, "the description carries the mark of a relay and flag f is not given");
        }

        if (sdp.Presence != SdpPresence.Present)
        {
            return sdp.Presence == SdpPresence.Absent
                ? new ExchangeStart(MediaOutcome.NotApplicable, null, sdp.Reason)
                : Fail(sdp.Reason, MediaRefusal.Malformed(sdp.Reason));
        }

        ImmutableArray<MediaLine> lines = MediaLine.All(sdp.All);
        if (FindUnacceptable(lines, terms, options) is { } unacceptable)
        {
            return unacceptable;
        }

        bool isLookup = terms.Flags.LookupOnly || request.Action == MediaAction.Answer;
        NotifyTarget? notify = null;
        if (options.TimeoutSocket is { } socket && !isLookup)
        {
            if (string.IsNullOrEmpty(terms.TimeoutTag))
            {
                return Fail("a timeout socket is configured, but the context has no timeout tag", MediaRefusal.OwnFault);
            }

            notify = MediaCommandBuilder.NotifyTargetFor(socket, terms.TimeoutTag);
        }

        if (terms.Digits is not null && options.TimeoutSocket is null)
        {
            return Fail("digits are wanted, but no timeout socket is configured", MediaRefusal.OwnFault);
        }

        var builder = new MediaCommandBuilder
        {
            Request = request,
            IsLookup = isLookup,
            FirstFamily = lines.Length > 0 ? lines[0].Connection.Family : SdpAddressFamily.IPv4,
            Notify = notify,
        };
        return new ExchangeStart(MediaOutcome.Done, new MediaExchange(request, builder, lines, mark), "");
    }

    private static ExchangeStart? FindConflict(MediaFlags flags) => flags.BridgeFamilies && flags.FirstDirection is not null
        ? Fail("flag x and the flags i and e exclude each other", MediaRefusal.OwnFault)
        : null;

    private static ExchangeStart? FindUnacceptable(ImmutableArray<MediaLine> lines, MediaTerms terms, CallMediaOptions options)
    {
        if (lines.Length > options.MaxMedia)
        {
            string many = $"the message has {lines.Length} media descriptions that need a relay, more than {options.MaxMedia}";
            return Fail(many, MediaRefusal.NotAcceptable(many));
        }

        if (options.RefusesMulticast && terms.Flags.TrustSdpAddress && lines.Any(line => line.IsMulticast))
        {
            return Fail("the description names a multicast address", MediaRefusal.Multicast);
        }

        const string Name = "the description names a host, which a relay cannot be told, and where the message came from is not known";
        return terms.Source is null && lines.Any(line => line.AddressText is null)
            ? Fail(Name, MediaRefusal.NotAcceptable(Name))
            : null;
    }

    // Only what is certainly new may be deleted: the first offer of a call, or a late offer in reply to its first
    // INVITE.
    private static bool IsFirstOffer(SipMessage message, MessageContext context, CallIdentity call, bool isLookup)
    {
        bool isNew = message.IsRequest
            ? call.ToTag is null
            : context.Transaction is { InDialog: false, HadSdp: false };
        return isNew && !isLookup;
    }

    private static ExchangeStart Fail(string reason, MediaRefusal refusal) => new(MediaOutcome.Failed, null, reason, refusal);
}
