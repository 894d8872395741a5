using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller;

/// <summary>
/// What is done with the media of calls, whoever asks for it: <see cref="RtpProxyController"/> for programs that have Call-ID, tags and
/// SDP, <see cref="CallMedia"/> for those that have SIP messages.
/// </summary>
/// <remarks>Thread-safe; throws for cancelled tokens only.</remarks>
internal sealed partial class MediaOperations(
    IRelaySelector relays, CallMediaOptions options, TimeProvider time, AgreedMedia agreed, ILogger logger)
{
    private static readonly TimeSpan UndoPatience = TimeSpan.FromMilliseconds(200);

    public CallMediaOptions Options => options;

    /// <summary>Carries out an offer or an answer that was prepared, or says why it could not be.</summary>
    /// <param name="action"><see cref="MediaAction.Offer"/> or <see cref="MediaAction.Answer"/>.</param>
    /// <param name="start">What <see cref="ExchangeStart"/> made of it.</param>
    /// <param name="answersRelayed">It answers an offer that went through a relay.</param>
    public async ValueTask<MediaResult> RelayAsync(
        MediaAction action, ExchangeStart start, bool answersRelayed, CancellationToken cancellationToken)
    {
        if (start.Exchange is not { } exchange)
        {
            return new MediaResult(action, start.Outcome, start.Reason)
            {
                Refusal = start.Refusal,
                AnswersRelayedOffer = answersRelayed,
            };
        }

        MediaResult result = await RunAsync(action, exchange, cancellationToken).ConfigureAwait(false);
        if (!result.IsDone)
        {
            Log.NotRelayed(logger, action, exchange.Call.CallId, result.Relay ?? "none", result.Reason);
        }

        return answersRelayed ? result with { AnswersRelayedOffer = true } : result;
    }

    private async ValueTask<MediaResult> RunAsync(MediaAction action, MediaExchange exchange, CancellationToken cancellationToken)
    {
        var run = new ExchangeRun(relays, exchange, logger);
        try
        {
            using var budget = new OperationBudget(options.TotalTimeout, time, cancellationToken);
            ExchangeRunResult result = exchange.Count == 0
                ? new ExchangeRunResult(MediaOutcome.Done, [], "", null) // Nothing in it needs a relay.
                : await run.RunAsync(budget.Token).ConfigureAwait(false);
            if (run is { MetNoSession: true, LastRelay: { } stranger } && exchange.IsAnswer
                && await MoveAsync(stranger, exchange, budget.Token).ConfigureAwait(false))
            {
                Log.Moved(logger, exchange.Call.CallId, stranger.Name);
                run = new ExchangeRun(relays, exchange, logger);
                result = await run.RunAsync(budget.Token).ConfigureAwait(false);
            }

            if (result.Outcome == MediaOutcome.Done)
            {
                Remember(exchange, run);
                return new MediaResult(action, MediaOutcome.Done)
                {
                    Changes = exchange.Rewrite(result.Replies, run.LastRelay?.Advertised).Splices,
                    Relay = run.LastRelay?.Name,
                };
            }

            await UndoAsync(exchange, run).ConfigureAwait(false);
            return new MediaResult(action, result.Outcome, result.Reason) { Relay = run.LastRelay?.Name, Refusal = result.Refusal };
        }
        catch (OperationCanceledException)
        {
            await UndoForAMomentAsync(exchange, run).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new MediaResult(action, MediaOutcome.Failed, "the time for the whole operation is over")
            {
                Relay = run.LastRelay?.Name,
                Refusal = MediaRefusal.NoRelay,
            };
        }
    }

    // Whoever has given up, or has used up the time, does not wait for a slow node once more: what takes longer goes on alone.
    private async ValueTask UndoForAMomentAsync(MediaExchange exchange, ExchangeRun run)
    {
        Task undo = UndoAsync(exchange, run).AsTask();
        try
        {
            await undo.WaitAsync(UndoPatience, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It ends by itself within the time of an operation.
        }
    }

    // No half-made session: nodes that have created media for a message that goes on without a relay are told to drop
    // it, and those that have changed media to change it back.
    private async ValueTask UndoAsync(MediaExchange exchange, ExchangeRun run)
    {
        using var budget = new OperationBudget(options.TotalTimeout, time, CancellationToken.None);
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

            await RestoreAsync(exchange.Call.CallId, exchange.Set, Withdraw(exchange, run), budget.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A node that does not even answer this lets the session expire.
        }
    }

    /// <summary>
    /// Sends once, to the node of the call: another one could not know the session.
    /// </summary>
    /// <param name="needed">Without these the node is not asked.</param>
    /// <returns>Done when the node was asked, whatever it replied; the reply is null when there is none.</returns>
    public async ValueTask<(MediaResult Result, RelayReply? Reply)> AskAsync(
        MediaAction action,
        CallIdentity call,
        int set,
        Protocols.Rtpp.Commands.Command command,
        RelayCapabilities needed,
        CancellationToken cancellationToken)
    {
        using var budget = new OperationBudget(options.TotalTimeout, time, cancellationToken);
        try
        {
            IRelay? relay = await relays.SelectAsync(call.CallId, set, budget.Token).ConfigureAwait(false);
            if (relay is null)
            {
                return (new MediaResult(action, MediaOutcome.NoRelay, ExchangeRun.NoRelay(set, relays.DescribeOutage(set))), null);
            }

            if (!relay.Capabilities.HasFlag(needed))
            {
                return (new MediaResult(action, MediaOutcome.Failed, $"{relay.Name} does not support {needed}"), null);
            }

            RelayReply reply = await relay.SendAsync(command, budget.Token).ConfigureAwait(false);
            return reply.Failure == RelayFailure.Unwritable
                ? (new MediaResult(action, MediaOutcome.Failed, "a Call-ID, tag or name fits no command"), null)
                : (new MediaResult(action, MediaOutcome.Done) { Relay = relay.Name }, reply);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (new MediaResult(action, MediaOutcome.Failed, "the time for the whole operation is over"), null);
        }
    }

    /// <summary>The call is over: nothing of it must be remembered.</summary>
    public void Forget(CallIdentity call) => agreed.Forget(call.Key);
}
