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
/// Keeps no state of calls: the Call-ID chooses the node and the tags name the session, so instances are cheap, and
/// safe on any thread. Nothing here throws for what peers, nodes or messages do wrong; that is in
/// <see cref="MediaResult"/>.
/// </remarks>
public sealed partial class CallMedia
{
    private readonly IRelaySelector _relays;
    private readonly CallMediaOptions _options;
    private readonly TimeProvider _time;

    /// <param name="relays">The nodes.</param>
    /// <param name="options">The module's parameters; null for their defaults.</param>
    /// <param name="time">For <see cref="CallMediaOptions.TotalTimeout"/>; null for the system's.</param>
    public CallMedia(IRelaySelector relays, CallMediaOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(relays);
        _relays = relays;
        _options = options ?? new CallMediaOptions();
        _time = time ?? TimeProvider.System;
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
        switch (decision.Action)
        {
            case MediaAction.Offer or MediaAction.Answer:
                MediaResult result =
                    await RelayAsync(message, context, decision.Action, flags, address, sdp, cancellation).ConfigureAwait(false);
                bool marks = decision.Action == MediaAction.Offer && message is { IsRequest: true, Method: "INVITE" };
                return marks ? result with { MarksTransaction = true } : result;
            case MediaAction.Destroy:
                return await DestroyAsync(message, context, flags, cancellation).ConfigureAwait(false);
            default:
                break;
        }

        if (decision.IsApplicable)
        {
            return new MediaResult(MediaAction.None, MediaOutcome.Done);
        }

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
        var start = ExchangeStart.Prepare(message, sdp, context, action, flags ?? MediaFlags.None, _options, address);
        if (start.Exchange is not { } exchange)
        {
            return new MediaResult(action, start.Outcome, start.Reason);
        }

        var run = new ExchangeRun(_relays, exchange, context.Set);
        try
        {
            using var budget = new OperationBudget(_options.TotalTimeout, _time, cancellation);
            ExchangeRunResult result = await run.RunAsync(budget.Token).ConfigureAwait(false);
            if (result.Outcome == MediaOutcome.Done)
            {
                return new MediaResult(action, MediaOutcome.Done)
                {
                    Changes = exchange.Rewrite(result.Replies, run.LastRelay!.Advertised).Splices,
                    Relay = run.LastRelay?.Name,
                };
            }

            await UndoAsync(exchange, run).ConfigureAwait(false);
            return new MediaResult(action, result.Outcome, result.Reason) { Relay = run.LastRelay?.Name };
        }
        catch (OperationCanceledException)
        {
            await UndoAsync(exchange, run).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return new MediaResult(action, MediaOutcome.Failed, "the time for the whole operation is over")
            {
                Relay = run.LastRelay?.Name,
            };
        }
    }

    // No half-made session: nodes that have created media for a message that goes on without a relay are told to drop
    // it.
    private async ValueTask UndoAsync(MediaExchange exchange, ExchangeRun run)
    {
        if (exchange.Undo is not { } undo || run.Touched.Count == 0)
        {
            return;
        }

        using var budget = new OperationBudget(_options.TotalTimeout, _time, CancellationToken.None);
        foreach (IRelay relay in run.Touched)
        {
            try
            {
                await relay.SendAsync(undo, budget.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A node that does not even answer this lets the session expire.
                return;
            }
        }
    }
}
