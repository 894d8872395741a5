using RtpProxy.Lines;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>What happens when nothing happens (RFC 3261 section 17).</summary>
internal sealed partial class SipProxy
{
    private void OnRepeat(ProxyTransaction transaction) => _ = OnTimerAsync(transaction, RepeatAsync);

    private void OnExpiry(ProxyTransaction transaction) => _ = OnTimerAsync(transaction, ExpireAsync);

    private async Task OnTimerAsync(ProxyTransaction transaction, Func<ProxyTransaction, Task> act)
    {
        try
        {
            using IDisposable? turn = await transaction.TryEnterAsync().ConfigureAwait(false);
            if (turn is null)
            {
                transaction.ExpireAfter(SipTimers.T1); // Busy: come back, so that no transaction lives for ever.
                return;
            }

            await act(transaction).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _counters.Count(EdgeCounter.Faults);
            Log.Fault(_logger, e, PeerText.Brief($"a timer of {transaction.Key.Method} of {transaction.Key.CallId}"));
            _transactions.Remove(transaction);
        }
    }

    private async Task RepeatAsync(ProxyTransaction transaction)
    {
        switch (transaction.State)
        {
            // Timers A and E.
            case TransactionState.Calling:
            case TransactionState.Proceeding when !transaction.IsInvite:
                await _sender.SendAsync(transaction.Downstream!, transaction.ForwardedBytes).ConfigureAwait(false);
                if (transaction.Phone is { IsProven: false })
                {
                    transaction.StopRepeating(); // Somebody may have registered a third one's address: twice is enough.
                    break;
                }

                transaction.RepeatAgain(transaction.IsInvite ? SipTimers.Lifetime : SipTimers.T2);
                break;

            // Timer E of the CANCEL that we have sent.
            case TransactionState.Proceeding when transaction is { IsInvite: true, HasSentCancel: true }:
                await _sender.SendAsync(transaction.Downstream!, HopRequest.Cancel(transaction.Forwarded!)).ConfigureAwait(false);
                transaction.RepeatAgain(SipTimers.T2);
                break;

            // Timer G.
            case TransactionState.Completed when transaction is { IsInvite: true, Sender.IsProven: true, LastSent.Length: > 0 }:
                await _sender.SendAsync(transaction.Upstream, transaction.LastSent).ConfigureAwait(false);
                transaction.RepeatAgain(SipTimers.T2);
                break;
            default:
                break;
        }
    }

    private async Task ExpireAsync(ProxyTransaction transaction)
    {
        switch (transaction.State)
        {
            // Timer C: it rings too long. The 487 ends it, or this timer does when even that does not come.
            case TransactionState.Proceeding when transaction is { IsInvite: true, HasSentCancel: false }:
                await SendCancelAsync(transaction).ConfigureAwait(false);
                break;

            // Timer B. A 408 to anything but INVITE would come too late to be of use (RFC 4320).
            case TransactionState.Calling or TransactionState.Proceeding when transaction.IsInvite:
                await FailAsync(transaction, 408, "Request Timeout").ConfigureAwait(false);
                break;

            // Its offer has come to nothing all the same.
            case TransactionState.Calling or TransactionState.Proceeding when transaction.HasMedia:
                await TakeBackAsync(transaction).ConfigureAwait(false);
                _transactions.Remove(transaction);
                break;
            default:
                _transactions.Remove(transaction);
                break;
        }
    }
}
