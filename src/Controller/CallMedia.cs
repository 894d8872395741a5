using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

/// <summary>
/// Media relaying for the calls of a SIP proxy: what Kamailio's <c>rtpproxy</c> module does, for any .NET program.
/// Every operation takes a message as it passes, asks a node of the message's set, and says what to change in the
/// message.
/// </summary>
/// <remarks>
/// The Call-ID chooses the node and the tags name the session; nothing of a call must be known. What is remembered of
/// calls, so that an offer can be taken back, is in <see cref="AgreedMedia"/>. Safe on any thread. Nothing here throws for
/// what peers, nodes or messages do wrong; that is in <see cref="MediaResult"/>.
/// </remarks>
public sealed partial class CallMedia
{
    private readonly IRelaySelector _relays;
    private readonly CallMediaOptions _options;
    private readonly TimeProvider _time;
    private readonly AgreedMedia _agreed;

    /// <param name="relays">The nodes.</param>
    /// <param name="options">The module's parameters; null for their defaults.</param>
    /// <param name="time">For <see cref="CallMediaOptions.TotalTimeout"/>; null for the system's.</param>
    /// <param name="agreed">What is remembered of calls; null for a memory of its own.</param>
    public CallMedia(
        IRelaySelector relays, CallMediaOptions? options = null, TimeProvider? time = null, AgreedMedia? agreed = null)
    {
        ArgumentNullException.ThrowIfNull(relays);
        _relays = relays;
        _options = options ?? new CallMediaOptions();
        _time = time ?? TimeProvider.System;
        _agreed = agreed ?? new AgreedMedia();
    }

    /// <summary>
    /// <c>rtpproxy_manage</c>: finds out by kind of message, method, status and transaction whether its SDP is an offer
    /// or an answer, or whether it ends the call's media.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="flags">Null for none.</param>
    /// <param name="address">Written into SDP instead of the node's address; null for the node's.</param>
    /// <param name="cancellation">Gives up; a session that was created halfway is deleted.</param>
    public async ValueTask<MediaResult> ManageAsync(
        SipMessage message,
        MessageContext context,
        MediaFlags? flags = null,
        string? address = null,
        CancellationToken cancellation = default)
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
                    await RelayAsync(message, context, decision.Action, flags, address, sdp, cancellation).ConfigureAwait(false);
                bool marks = decision.Action == MediaAction.Offer && message is { IsRequest: true, Method: "INVITE" };
                return marks ? result with { MarksTransaction = true } : result;
            case MediaAction.Destroy:
                return await DestroyAsync(message, context, flags, cancellation).ConfigureAwait(false);
            case MediaAction.TakeBack:
                return await TakeBackAsync(message, context, flags, cancellation).ConfigureAwait(false);
            default:
                break;
        }

        if (decision.IsApplicable)
        {
            return new MediaResult(MediaAction.None, MediaOutcome.Done);
        }

        await AgreeAsync(message, context, flags ?? MediaFlags.None, cancellation).ConfigureAwait(false);
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
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RelayAsync(message, context, MediaAction.Offer, flags, address, SdpBodies.Find(message), cancellation);
    }

    /// <summary><c>rtpproxy_answer</c>: sends <c>L</c> for each media description and rewrites the SDP.</summary>
    /// <inheritdoc cref="ManageAsync"/>
    public ValueTask<MediaResult> AnswerAsync(
        SipMessage message,
        MessageContext context,
        MediaFlags? flags = null,
        string? address = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RelayAsync(message, context, MediaAction.Answer, flags, address, SdpBodies.Find(message), cancellation);
    }

    private async ValueTask<MediaResult> RelayAsync(
        SipMessage message,
        MessageContext context,
        MediaAction action,
        MediaFlags? flags,
        string? address,
        SdpBodies sdp,
        CancellationToken cancellation)
    {
        flags ??= MediaFlags.None;
        var start = ExchangeStart.Prepare(message, sdp, context, action, flags, _options, address);
        bool answersRelayed = action == MediaAction.Answer && AnswersRelayedOffer(message, context, flags);
        if (start.Exchange is not { } exchange)
        {
            return new MediaResult(action, start.Outcome, start.Reason)
            {
                Refusal = start.Refusal,
                AnswersRelayedOffer = answersRelayed,
            };
        }

        MediaResult result = await RunAsync(message, context, action, exchange, cancellation).ConfigureAwait(false);
        if (result.IsDone && action == MediaAction.Answer)
        {
            await AgreeAsync(message, context, flags, cancellation).ConfigureAwait(false);
        }

        return answersRelayed ? result with { AnswersRelayedOffer = true } : result;
    }

    private async ValueTask<MediaResult> RunAsync(
        SipMessage message, MessageContext context, MediaAction action, MediaExchange exchange, CancellationToken cancellation)
    {
        var id = TransactionId.Of(message);
        var run = new ExchangeRun(_relays, exchange, context.Set);
        try
        {
            using var budget = new OperationBudget(_options.TotalTimeout, _time, cancellation);
            ExchangeRunResult result = exchange.Count == 0
                ? new ExchangeRunResult(MediaOutcome.Done, [], "", null) // Nothing in it needs a relay.
                : await run.RunAsync(budget.Token).ConfigureAwait(false);
            if (run is { MetNoSession: true, LastRelay: { } stranger } && exchange.IsAnswer
                && await MoveAsync(stranger, exchange, budget.Token).ConfigureAwait(false))
            {
                run = new ExchangeRun(_relays, exchange, context.Set);
                result = await run.RunAsync(budget.Token).ConfigureAwait(false);
            }

            if (result.Outcome == MediaOutcome.Done)
            {
                Remember(id, exchange, run);
                return new MediaResult(action, MediaOutcome.Done)
                {
                    Changes = exchange.Rewrite(result.Replies, run.LastRelay?.Advertised).Splices,
                    Relay = run.LastRelay?.Name,
                };
            }

            await UndoAsync(context, id, exchange, run).ConfigureAwait(false);
            return new MediaResult(action, result.Outcome, result.Reason) { Relay = run.LastRelay?.Name, Refusal = result.Refusal };
        }
        catch (OperationCanceledException)
        {
            await UndoAsync(context, id, exchange, run).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return new MediaResult(action, MediaOutcome.Failed, "the time for the whole operation is over")
            {
                Relay = run.LastRelay?.Name,
                Refusal = MediaRefusal.NoRelay,
            };
        }
    }

    // No half-made session: nodes that have created media for a message that goes on without a relay are told to drop
    // it, and those that have changed media to change it back.
    private async ValueTask UndoAsync(MessageContext context, TransactionId? id, MediaExchange exchange, ExchangeRun run)
    {
        using var budget = new OperationBudget(_options.TotalTimeout, _time, CancellationToken.None);
        try
        {
            if (exchange.Undo is { } undo)
            {
                foreach (IRelay relay in run.Touched)
                {
                    await relay.SendAsync(undo, budget.Token).ConfigureAwait(false);
                }

                return;
            }

            await RestoreAsync(exchange.Call.CallId, context.Set, Withdraw(id, exchange, run), budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A node that does not even answer this lets the session expire.
        }
    }
}
