using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller;

/// <summary>What becomes of offers in the end: they hold, or they are taken back.</summary>
internal sealed partial class MediaOperations
{
    public async ValueTask<MediaResult> TakeBackAsync(
        CallIdentity call, int set, TransactionId id, CancellationToken cancellationToken)
    {
        using var budget = new OperationBudget(options.TotalTimeout, time, cancellationToken);
        try
        {
            IReadOnlyList<RestoringCommand> commands = agreed.TakeBack(call.Key, id);
            string failure = await RestoreAsync(call.CallId, set, commands, budget.Token).ConfigureAwait(false);
            return new MediaResult(MediaAction.TakeBack, failure.Length == 0 ? MediaOutcome.Done : MediaOutcome.Failed, failure)
            {
                Relay = commands.Count > 0 ? commands[0].Relay : null,
            };
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new MediaResult(MediaAction.TakeBack, MediaOutcome.Failed, "the time for the whole operation is over");
        }
    }

    /// <summary>A final answer: what was offered holds from now on.</summary>
    public async ValueTask AgreeAsync(CallIdentity call, int set, TransactionId id, CancellationToken cancellationToken)
    {
        IReadOnlyList<RestoringCommand> ends = agreed.Agree(call.Key, id);
        using var budget = new OperationBudget(options.TotalTimeout, time, cancellationToken);
        try
        {
            await RestoreAsync(call.CallId, set, ends, budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Media that has ended expires by itself, if later.
        }
    }

    /// <summary>Nodes were told of an offer that is neither accepted nor taken back yet.</summary>
    public bool HasOffer(CallIdentity call, TransactionId id) => agreed.HasOffer(call.Key, id);

    private void Remember(MediaExchange exchange, ExchangeRun run)
    {
        if (exchange.Transaction is not { } transaction)
        {
            return;
        }

        agreed.Note(transaction, exchange, run.Told);
        if (exchange.IsAnswer)
        {
            agreed.Answered(exchange.Call.Key, transaction, exchange.Numbers);
        }
    }

    /// <summary>
    /// The commands that undo what a message has changed before it failed. An offer is gone with that, an answer leaves its
    /// offer open.
    /// </summary>
    private IReadOnlyList<RestoringCommand> Withdraw(MediaExchange exchange, ExchangeRun run)
    {
        if (exchange.Transaction is not { } transaction)
        {
            return [];
        }

        IReadOnlyList<AgreedChange> changes = agreed.Note(transaction, exchange, run.Told);
        return exchange.IsAnswer
            ? agreed.Undo(exchange.Call.Key, changes)
            : agreed.TakeBack(exchange.Call.Key, transaction);
    }

    /// <summary>
    /// The node that an offer went to is gone, and another one, or its successor, is asked for the answer: it is told the offer,
    /// so that the call goes on there. The party that answers sends to the lost node until it hears from the new one, or until
    /// the next offer.
    /// </summary>
    private async ValueTask<bool> MoveAsync(IRelay to, MediaExchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Listener is not { } offerer || exchange.Speaker is not { } answerer)
        {
            return false;
        }

        IReadOnlyList<Command> offers = agreed.OffersOf(exchange.Call.Key, offerer, answerer, exchange.Numbers);
        foreach (Command offer in offers)
        {
            RelayReply reply = await to.SendAsync(offer, cancellationToken).ConfigureAwait(false);
            if (!reply.IsReply || !MediaReply.TryParse(reply.Text, out _, out _))
            {
                return false;
            }
        }

        agreed.Move(exchange.Call.Key, offerer, exchange.Numbers, to.Name);
        return offers.Count > 0;
    }

    /// <summary>Sends commands to the node that has the call, all of them, whatever it replies; empty, or the first failure.</summary>
    private async ValueTask<string> RestoreAsync(
        string callId, int set, IReadOnlyList<RestoringCommand> commands, CancellationToken cancellationToken)
    {
        if (commands.Count == 0)
        {
            return "";
        }

        string failure = "";
        IRelay? relay = await relays.SelectAsync(callId, set, cancellationToken).ConfigureAwait(false);
        foreach ((Command command, string name) in commands)
        {
            string problem = relay?.Name == name
                ? ProblemOf(command, await relay.SendAsync(command, cancellationToken).ConfigureAwait(false), name)
                : $"{name}, which has the call, is not available";
            failure = failure.Length == 0 ? problem : failure;
        }

        return failure;
    }

    private static string ProblemOf(Command command, RelayReply reply, string relay)
    {
        if (!reply.IsReply)
        {
            return $"{relay} gave no reply: {FailureText.Of(reply)}";
        }

        return command is DeleteCommand || MediaReply.TryParse(reply.Text, out _, out string reason) ? "" : reason;
    }
}
