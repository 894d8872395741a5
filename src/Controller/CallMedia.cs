using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

/// <summary>
/// Media relaying for SIP messages as they pass: what Kamailio's <c>rtpproxy</c> module does, for any .NET program. An adapter above what
/// <see cref="RtpProxyController"/> does: every operation takes a message, asks a node of the message's set, and says what to change in
/// the message.
/// </summary>
/// <remarks>
/// The Call-ID chooses the node and the tags name the session; nothing of a call must be known. What is remembered of
/// calls, so that an offer can be taken back, is in <see cref="AgreedMedia"/>. Safe on any thread. Nothing here throws for
/// what peers, nodes or messages do wrong; that is in <see cref="MediaResult"/>.
/// </remarks>
public sealed partial class CallMedia
{
    private readonly MediaOperations _operations;

    /// <param name="relays">The nodes.</param>
    /// <param name="options">The module's parameters; null for their defaults.</param>
    /// <param name="time">For <see cref="CallMediaOptions.TotalTimeout"/>; null for the system's.</param>
    /// <param name="agreed">What is remembered of calls; null for a memory of its own.</param>
    public CallMedia(
        IRelaySelector relays, CallMediaOptions? options = null, TimeProvider? time = null, AgreedMedia? agreed = null)
        : this(new RtpProxyController(relays, options, null, time, agreed))
    {
    }

    /// <param name="controller">Does it; it may serve others at the same time.</param>
    public CallMedia(RtpProxyController controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        _operations = controller.Operations;
    }

    /// <summary>
    /// <c>rtpproxy_manage</c>: finds out by kind of message, method, status and transaction whether its SDP is an offer
    /// or an answer, or whether it ends the call's media.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="flags">Null for none.</param>
    /// <param name="address">Written into SDP instead of the node's address; null for the node's.</param>
    /// <param name="cancellationToken">Gives up; a session that was created halfway is deleted.</param>
    public async ValueTask<MediaResult> ManageAsync(
        SipMessage message,
        MessageContext context,
        MediaFlags? flags = null,
        string? address = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        var sdp = SdpBodies.Find(message);
        bool hasSdp = sdp.Presence == SdpPresence.Present;
        var decision = ManageDecision.For(message, hasSdp, context.Route, context.Transaction);
        if (!decision.IsApplicable && sdp.Presence == SdpPresence.Malformed)
        {
            // What cannot be read was meant as an offer or an answer all the same, and says why it is none.
            var meant = ManageDecision.For(message, hasSdp: true, context.Route, context.Transaction);
            decision = meant.Action is MediaAction.Offer or MediaAction.Answer ? meant : decision;
        }

        switch (decision.Action)
        {
            case MediaAction.Offer or MediaAction.Answer:
                MediaResult result =
                    await RelayAsync(message, context, decision.Action, flags, address, sdp, cancellationToken).ConfigureAwait(false);
                bool marks = decision.Action == MediaAction.Offer && message is { IsRequest: true, Method: "INVITE" };
                return marks ? result with { MarksTransaction = true } : result;
            case MediaAction.Destroy:
                return await DestroyAsync(message, context, flags, cancellationToken).ConfigureAwait(false);
            case MediaAction.TakeBack:
                return await TakeBackAsync(message, context, flags, cancellationToken).ConfigureAwait(false);
            default:
                break;
        }

        if (decision.IsApplicable)
        {
            return new MediaResult(MediaAction.None, MediaOutcome.Done);
        }

        await AgreeAsync(message, context, flags ?? MediaFlags.None, cancellationToken).ConfigureAwait(false);
        return sdp.Presence == SdpPresence.Malformed
            ? new MediaResult(MediaAction.None, MediaOutcome.Failed, sdp.Reason)
            : new MediaResult(MediaAction.None, MediaOutcome.NotApplicable, "the message neither carries nor ends media");
    }

    /// <summary><c>rtpproxy_offer</c>: sends <c>U</c> for each media description and rewrites the SDP.</summary>
    /// <inheritdoc cref="ManageAsync"/>
    public ValueTask<MediaResult> OfferAsync(
        SipMessage message,
        MessageContext context,
        MediaFlags? flags = null,
        string? address = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RelayAsync(message, context, MediaAction.Offer, flags, address, SdpBodies.Find(message), cancellationToken);
    }

    /// <summary><c>rtpproxy_answer</c>: sends <c>L</c> for each media description and rewrites the SDP.</summary>
    /// <inheritdoc cref="ManageAsync"/>
    public ValueTask<MediaResult> AnswerAsync(
        SipMessage message,
        MessageContext context,
        MediaFlags? flags = null,
        string? address = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RelayAsync(message, context, MediaAction.Answer, flags, address, SdpBodies.Find(message), cancellationToken);
    }

    private async ValueTask<MediaResult> RelayAsync(
        SipMessage message,
        MessageContext context,
        MediaAction action,
        MediaFlags? flags,
        string? address,
        SdpBodies sdp,
        CancellationToken cancellationToken)
    {
        flags ??= MediaFlags.None;
        var start = ExchangeStart.Prepare(message, sdp, context, action, flags, _operations.Options, address);
        bool answersRelayed = action == MediaAction.Answer && AnswersRelayedOffer(message, context, flags);
        MediaResult result = await _operations.RelayAsync(action, start, answersRelayed, cancellationToken).ConfigureAwait(false);
        if (result.IsDone && action == MediaAction.Answer)
        {
            await AgreeAsync(message, context, flags, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }
}
