using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Controller;

/// <summary>Sends the commands of one exchange, one after the other, to the node of its call.</summary>
/// <remarks>
/// A node that does not reply has disabled itself, and one that has no room for a new call says so; the call then goes to
/// another node from its first command on, so that all media of one call is announced with one address. No node is tried
/// twice. Used once, by one caller.
/// </remarks>
internal sealed class ExchangeRun(IRelaySelector relays, MediaExchange exchange, ILogger logger)
{
    private readonly List<IRelay> _tried = [];
    private readonly List<IRelay> _touched = [];
    private readonly List<ToldMedium> _told = [];
    private string _refusals = "";
    private string _lastSilence = "";

    /// <summary>The node that was asked last; null before the first.</summary>
    public IRelay? LastRelay { get; private set; }

    /// <summary>Nodes that have given at least one port, and so hold a session, and are not down since.</summary>
    public IReadOnlyList<IRelay> Touched => _touched;

    /// <summary>What the node that was asked last has carried out.</summary>
    public IReadOnlyList<ToldMedium> Told => _told;

    /// <summary>The node that was asked last has no session for this: it is not the one that the offer went to, or has started anew.</summary>
    public bool MetNoSession { get; private set; }

    public async ValueTask<ExchangeRunResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            IRelay? relay = await SelectAsync(cancellationToken).ConfigureAwait(false);
            if (relay is null || _tried.Contains(relay))
            {
                string outage = relays.DescribeOutage(exchange.Set);
                string reason = NoRelay(exchange.Set, outage.Length > 0 ? outage : _lastSilence, _refusals);
                return new ExchangeRunResult(MediaOutcome.NoRelay, [], reason, MediaRefusal.NoRelay);
            }

            _tried.Add(relay);
            LastRelay = relay;
            if (await AskAsync(relay, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }
    }

    private ValueTask<IRelay?> SelectAsync(CancellationToken cancellationToken) => exchange.BeginsCall
        ? relays.SelectForNewCallAsync(exchange.Call.CallId, exchange.Set, _tried, cancellationToken)
        : relays.SelectAsync(exchange.Call.CallId, exchange.Set, cancellationToken);

    /// <summary>All commands to one node; null when another node may do better.</summary>
    private async ValueTask<ExchangeRunResult?> AskAsync(IRelay relay, CancellationToken cancellationToken)
    {
        _told.Clear();
        var replies = new List<MediaReply>(exchange.Count);
        while (replies.Count < exchange.Count)
        {
            int number = exchange.NumberOf(replies.Count);
            Command command = exchange.CommandFor(replies.Count, relay.Capabilities);
            RelayReply answer = await SendAsync(relay, number, command, cancellationToken).ConfigureAwait(false);
            if (answer.Failure == RelayFailure.Unwritable)
            {
                const string Reason = "a Call-ID, tag or address of the message fits no command";
                return Failed(Reason, MediaRefusal.Malformed(Reason));
            }

            if (!answer.IsReply)
            {
                // It is down: telling it to delete would only cost time, and its session ends by itself.
                _touched.Remove(relay);
                _told.Clear();
                _lastSilence = $"{relay.Name} gave no reply: {FailureText.Of(answer)}";
                Log.PassedOver(logger, exchange.Call.CallId, relay.Name, FailureText.Of(answer));
                return null;
            }

            if (!MediaReply.TryParse(answer.Text, out MediaReply reply, out string reason))
            {
                int? error = MediaReply.ErrorOf(answer.Text);
                MetNoSession = answer.Text.AsSpan().Trim() is "0";
                if (exchange.IsAnswer && replies.Count > 0 && (MetNoSession || error == (int)ErrorCode.UnknownSession))
                {
                    // The node knows the call, and not this medium of it.
                    MetNoSession = false;
                    const string Reason = "the answer has a medium that the offer has not";
                    return Failed(Reason, MediaRefusal.Malformed(Reason));
                }

                if (!exchange.BeginsCall || !MediaReply.IsFull(error))
                {
                    return Failed(reason, MediaRefusal.ForError(error, number, exchange.IsMulticast));
                }

                _refusals = _refusals.Length == 0 ? $"{relay.Name} takes no new call (E{error})" : $"{_refusals}, nor does {relay.Name} (E{error})";
                Log.PassedOver(logger, exchange.Call.CallId, relay.Name, $"takes no new call (E{error})");
                relay.OnNewCallRefused();
                await LeaveAsync(relay, cancellationToken).ConfigureAwait(false);
                return null;
            }

            bool isNamed = reply.Address is not null || relay.Advertised is not null || exchange.HasAddress;
            replies.Add(!isNamed && relay.Host is { } host ? reply.Advertising(host) : reply);
            _told.Add(new ToldMedium(number, command, relay.Name));
            Touch(relay);
            if (!isNamed && relay.Host is null)
            {
                return Failed($"{relay.Name} named no address, and none is set for it", MediaRefusal.OwnFault);
            }
        }

        return new ExchangeRunResult(MediaOutcome.Done, replies, "", null);
    }

    private async ValueTask<RelayReply> SendAsync(IRelay relay, int number, Command command, CancellationToken cancellationToken)
    {
        try
        {
            return await relay.SendAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the reply any more, and the node may have carried it out all the same.
            _told.Add(new ToldMedium(number, command, relay.Name));
            Touch(relay);
            throw;
        }
    }

    // It had room for some media of the call and none for the rest: the call begins anew elsewhere.
    private async ValueTask LeaveAsync(IRelay relay, CancellationToken cancellationToken)
    {
        _told.Clear();
        if (_touched.Contains(relay))
        {
            await relay.SendAsync(exchange.Undo!, cancellationToken).ConfigureAwait(false);
            _touched.Remove(relay);
        }
    }

    private void Touch(IRelay relay)
    {
        if (!_touched.Contains(relay))
        {
            _touched.Add(relay);
        }
    }

    /// <summary>That there is no node, with all that is known of why.</summary>
    /// <param name="reasons">Clauses; empty ones are left out.</param>
    public static string NoRelay(int set, params IEnumerable<string> reasons)
    {
        string why = string.Join("; ", reasons.Where(reason => reason.Length > 0));
        return $"no relay of set {set} is available{(why.Length > 0 ? $": {why}" : "")}";
    }

    private static ExchangeRunResult Failed(string reason, MediaRefusal refusal) => new(MediaOutcome.Failed, [], reason, refusal);
}
