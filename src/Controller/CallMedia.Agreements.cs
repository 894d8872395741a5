using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

/// <summary>What becomes of offers in the end: they hold, or they are taken back.</summary>
public sealed partial class CallMedia
{
    /// <summary>
    /// An offer within a dialog has come to nothing: the node is told again what held before it, for each medium and party
    /// that the offer, or an early answer to it, has changed: address and port, hold, codecs, packet duration, symmetry. Media
    /// that the offer has added is deleted. The module has nothing like it: there the party that offered in vain is sent
    /// media to where it does not listen.
    /// </summary>
    /// <remarks>
    /// <see cref="ManageAsync"/> calls this by itself for refusals and for requests in <see cref="MessageRoute.Failure"/>.
    /// Programs that call <see cref="OfferAsync"/> and <see cref="AnswerAsync"/> call it for every response of 300 and above
    /// to a re-INVITE, UPDATE or PRACK, and for those of which no response came. A second call does nothing. A first offer of
    /// a call is not taken back but ended, by <see cref="DestroyAsync"/>.
    /// </remarks>
    /// <param name="message">The response that refuses, or the request itself when there is none.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="flags">1, 2, 3 and b count, as in the offer.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>
    /// Done when all is as before, or nothing is known to have changed; else failed, and the reason says what the node answered.
    /// </returns>
    public async ValueTask<MediaResult> TakeBackAsync(
        SipMessage message, MessageContext context, MediaFlags? flags = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        if (!CallIdentity.TryRead(message, flags ?? MediaFlags.None, context.ExtraId, out CallIdentity call, out string reason))
        {
            return new MediaResult(MediaAction.TakeBack, MediaOutcome.Failed, reason);
        }

        if (TransactionId.Of(message) is not { } id)
        {
            return new MediaResult(MediaAction.TakeBack, MediaOutcome.Failed, "the message has no CSeq");
        }

        using var budget = new OperationBudget(_options.TotalTimeout, _time, cancellation);
        try
        {
            IReadOnlyList<RestoringCommand> commands = _agreed.TakeBack(call.Key, id);
            string failure = await RestoreAsync(call.CallId, context.Set, commands, budget.Token).ConfigureAwait(false);
            return new MediaResult(MediaAction.TakeBack, failure.Length == 0 ? MediaOutcome.Done : MediaOutcome.Failed, failure)
            {
                Relay = commands.Count > 0 ? commands[0].Relay : null,
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new MediaResult(MediaAction.TakeBack, MediaOutcome.Failed, "the time for the whole operation is over");
        }
    }

    /// <summary>A final answer: what was offered holds from now on.</summary>
    private async ValueTask AgreeAsync(
        SipMessage message, MessageContext context, MediaFlags flags, CancellationToken cancellation)
    {
        bool isFinal = message.IsRequest
            ? message.Method == "ACK"
            : message is { StatusCode: >= 200 and < 300, Method: "INVITE" or "UPDATE" or "PRACK" };
        if (!isFinal || TransactionId.Of(message) is not { } id
            || !CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out _))
        {
            return;
        }

        IReadOnlyList<RestoringCommand> ends = _agreed.Agree(call.Key, id);
        using var budget = new OperationBudget(_options.TotalTimeout, _time, cancellation);
        try
        {
            await RestoreAsync(call.CallId, context.Set, ends, budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Media that has ended expires by itself, if later.
        }
    }

    private void Remember(TransactionId? id, MediaExchange exchange, ExchangeRun run)
    {
        if (id is not { } transaction)
        {
            return;
        }

        _agreed.Note(transaction, exchange, run.Told);
        if (exchange.IsAnswer)
        {
            _agreed.Answered(exchange.Call.Key, transaction, exchange.Numbers);
        }
    }

    /// <summary>
    /// The commands that undo what a message has changed before it failed. An offer is gone with that, an answer leaves its
    /// offer open.
    /// </summary>
    private IReadOnlyList<RestoringCommand> Withdraw(TransactionId? id, MediaExchange exchange, ExchangeRun run)
    {
        if (id is not { } transaction)
        {
            return [];
        }

        IReadOnlyList<AgreedChange> changes = _agreed.Note(transaction, exchange, run.Told);
        return exchange.IsAnswer
            ? _agreed.Undo(exchange.Call.Key, changes)
            : _agreed.TakeBack(exchange.Call.Key, transaction);
    }

    /// <summary>
    /// The node that an offer went to is gone, and another one, or its successor, is asked for the answer: it is told the offer,
    /// so that the call goes on there. The party that answers sends to the lost node until it hears from the new one, or until
    /// the next offer.
    /// </summary>
    private async ValueTask<bool> MoveAsync(IRelay to, MediaExchange exchange, CancellationToken cancellation)
    {
        if (exchange.Listener is not { } offerer || exchange.Speaker is not { } answerer)
        {
            return false;
        }

        IReadOnlyList<Command> offers = _agreed.OffersOf(exchange.Call.Key, offerer, answerer, exchange.Numbers);
        foreach (Command offer in offers)
        {
            RelayReply reply = await to.SendAsync(offer, cancellation).ConfigureAwait(false);
            if (!reply.IsReply || !MediaReply.TryParse(reply.Text, out _, out _))
            {
                return false;
            }
        }

        _agreed.Move(exchange.Call.Key, offerer, exchange.Numbers, to.Name);
        return offers.Count > 0;
    }

    private bool AnswersRelayedOffer(SipMessage message, MessageContext context, MediaFlags flags) =>
        TransactionId.Of(message) is { } id
        && CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out _)
        && _agreed.HasOffer(call.Key, id);

    /// <summary>Sends commands to the node that has the call, all of them, whatever it replies; empty, or the first failure.</summary>
    private async ValueTask<string> RestoreAsync(
        string callId, int set, IReadOnlyList<RestoringCommand> commands, CancellationToken cancellation)
    {
        if (commands.Count == 0)
        {
            return "";
        }

        string failure = "";
        IRelay? relay = await _relays.SelectAsync(callId, set, cancellation).ConfigureAwait(false);
        foreach ((Command command, string name) in commands)
        {
            string problem = relay?.Name == name
                ? ProblemOf(command, await relay.SendAsync(command, cancellation).ConfigureAwait(false), name)
                : $"{name}, which has the call, is not available";
            failure = failure.Length == 0 ? problem : failure;
        }

        return failure;
    }

    private static string ProblemOf(Command command, RelayReply reply, string relay)
    {
        if (!reply.IsReply)
        {
            return $"{relay} gave no reply ({reply.Failure})";
        }

        return command is DeleteCommand || MediaReply.TryParse(reply.Text, out _, out string reason) ? "" : reason;
    }
}
