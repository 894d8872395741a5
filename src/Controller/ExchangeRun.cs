using RtpProxy.Control.Commands;
using RtpProxy.Controller.Offers;

namespace RtpProxy.Controller;

/// <summary>Sends the commands of one exchange, one after the other, to the node of its call.</summary>
/// <remarks>
/// A node that does not reply has disabled itself; the call then goes to another node from its first command on, so
/// that all media of one call is announced with one address. No node is tried twice. Used once, by one caller.
/// </remarks>
internal sealed class ExchangeRun(IRelaySelector relays, MediaExchange exchange, int set)
{
    private readonly List<IRelay> _tried = [];
    private readonly List<IRelay> _touched = [];

    /// <summary>The node that was asked last; null before the first.</summary>
    public IRelay? LastRelay { get; private set; }

    /// <summary>Nodes that have given at least one port, and so hold a session, and are not down since.</summary>
    public IReadOnlyList<IRelay> Touched => _touched;

    public async ValueTask<ExchangeRunResult> RunAsync(CancellationToken cancellation)
    {
        string lastFailure = "";
        while (true)
        {
            IRelay? relay = await relays.SelectAsync(exchange.Call.CallId, set, cancellation).ConfigureAwait(false);
            if (relay is null || _tried.Contains(relay))
            {
                return Failed(MediaOutcome.NoRelay, $"no relay of set {set} is available{lastFailure}");
            }

            _tried.Add(relay);
            LastRelay = relay;
            var replies = new List<MediaReply>(exchange.Count);
            RelayFailure failure = RelayFailure.None;
            while (replies.Count < exchange.Count && failure == RelayFailure.None)
            {
                Command command = exchange.CommandFor(replies.Count, relay.Capabilities);
                RelayReply answer = await relay.SendAsync(command, cancellation).ConfigureAwait(false);
                failure = answer.Failure;
                if (failure == RelayFailure.Unwritable)
                {
                    return Failed(MediaOutcome.Failed, "a Call-ID, tag or address of the message fits no command");
                }

                if (answer.IsReply)
                {
                    if (!MediaReply.TryParse(answer.Text, out MediaReply reply, out string reason))
                    {
                        return Failed(MediaOutcome.Failed, reason);
                    }

                    replies.Add(reply);
                    Touch(relay);
                }
            }

            if (failure == RelayFailure.None)
            {
                return new ExchangeRunResult(MediaOutcome.Done, replies, "");
            }

            // It is down: telling it to delete would only cost time, and its session ends by itself.
            _touched.Remove(relay);
            lastFailure = $"; {relay.Name} gave no reply ({failure})";
        }
    }

    private void Touch(IRelay relay)
    {
        if (!_touched.Contains(relay))
        {
            _touched.Add(relay);
        }
    }

    private static ExchangeRunResult Failed(MediaOutcome outcome, string reason) => new(outcome, [], reason);
}
