using System.Globalization;
using RtpProxy.Controller.Offers;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Responses: those that come, and those that the proxy gives.</summary>
internal sealed partial class SipProxy
{
    private const int MaxPassed = 200; // Three minutes of ringing each second, and repetitions of a 2xx.

    private async Task OnResponseAsync(Flow from, SipMessage response)
    {
        if (MessageCheck.FindFault(response) is { } fault)
        {
            DropResponse(from, response, fault.ToString());
            return;
        }

        // Our branch is random: who knows it has seen the request (RFC 3261 section 18.1.2, RFC 6026 for strays).
        if (response.TopVia?.Branch is not { } branch || _transactions.FindByBranch(branch) is not { } transaction)
        {
            DropResponse(from, response, "no request of ours waits for it");
            return;
        }

        using IDisposable? turn = await transaction.TryEnterAsync().ConfigureAwait(false);
        if (transaction.Phone is { IsProven: false } phone && from.Remote.Equals(phone.Flow.Remote))
        {
            phone.IsProven = true; // It has read our branch.
        }

        if (turn is not null && transaction.IsOwn)
        {
            OnOwnAnswered(transaction, response);
            return;
        }

        if (turn is not null && response.Method != transaction.Key.Method)
        {
            OnCancelAnswered(transaction, response);
            return;
        }

        if (turn is null || response.FindVia(1) is null || transaction.State == TransactionState.Terminated)
        {
            DropResponse(from, response, turn is null ? "too many at once" : "it has no Via but ours, or comes too late");
            return;
        }

        _transactions.OnAnswered(transaction);
        await (response.StatusCode < 200
            ? OnProvisionalAsync(transaction, from, response)
            : OnFinalAsync(transaction, from, response)).ConfigureAwait(false);
    }

    // The CANCEL has arrived: it need not be repeated, what it brings about comes as the answer to the INVITE.
    private void OnCancelAnswered(ProxyTransaction invite, SipMessage response)
    {
        _counters.Count(EdgeCounter.Absorbed);
        if (response is { Method: "CANCEL", StatusCode: >= 200 } && invite is { State: TransactionState.Proceeding, HasSentCancel: true })
        {
            invite.StopRepeating();
        }
    }

    private async Task OnProvisionalAsync(ProxyTransaction transaction, Flow from, SipMessage response)
    {
        if (transaction.State is not (TransactionState.Calling or TransactionState.Proceeding))
        {
            _counters.Count(EdgeCounter.Absorbed);
            return;
        }

        transaction.State = TransactionState.Proceeding;
        if (transaction.IsInvite)
        {
            if (!transaction.HasSentCancel)
            {
                transaction.StopRepeating();
                transaction.ExpireAfter(SipTimers.Ringing);
            }

            if (transaction.WantsCancel)
            {
                await SendCancelAsync(transaction).ConfigureAwait(false);
            }
        }

        if (response.StatusCode == 100)
        {
            if (transaction is { IsInvite: true, IsRepeatedBySender: true, LastSent.Length: 0 })
            {
                await SendTryingAsync(transaction).ConfigureAwait(false);
            }

            _counters.Count(EdgeCounter.Absorbed);
            return;
        }

        await PassBackAsync(transaction, from, response).ConfigureAwait(false);
    }

    private async Task OnFinalAsync(ProxyTransaction transaction, Flow from, SipMessage response)
    {
        bool isNegativeInvite = transaction.IsInvite && response.StatusCode >= 300;
        if (isNegativeInvite && transaction.State is not TransactionState.Accepted)
        {
            await _sender.SendAsync(transaction.Downstream!, HopRequest.Ack(transaction.Forwarded!, response)).ConfigureAwait(false);
        }

        bool isRepeatedSuccess = transaction is { IsInvite: true, State: TransactionState.Accepted } && !isNegativeInvite;
        if (transaction.State is not (TransactionState.Calling or TransactionState.Proceeding) && !isRepeatedSuccess)
        {
            _counters.Count(EdgeCounter.Repeated);
            if (!isNegativeInvite && transaction.AckOfDiscarded is { } ack)
            {
                await _sender.SendAsync(transaction.Downstream!, ack).ConfigureAwait(false);
            }

            return;
        }

        if (!await PassBackAsync(transaction, from, response).ConfigureAwait(false))
        {
            return;
        }

        transaction.StopRepeating();
        if (isRepeatedSuccess)
        {
            return;
        }

        if (transaction.IsInvite && transaction.Request.ToTag is null)
        {
            Log.CallAnswered(_logger, PeerText.Brief(transaction.Key.CallId), response.StatusCode);
        }

        if (transaction.IsInvite && !isNegativeInvite)
        {
            transaction.State = TransactionState.Accepted;
            transaction.ExpireAfter(SipTimers.Lifetime);
            return;
        }

        Complete(transaction);
    }

    /// <summary>Shows a response to the relays and sends it back; a repeated one goes as it went before.</summary>
    /// <returns>False when it was not passed on, because what it says of media would be wrong.</returns>
    private async Task<bool> PassBackAsync(ProxyTransaction transaction, Flow from, SipMessage response)
    {
        if (++transaction.Passed > MaxPassed && (response.StatusCode < 200 || transaction.State == TransactionState.Accepted))
        {
            DropResponse(from, response, "too many of one request");
            return true;
        }

        if (response.Text == transaction.LastReceived)
        {
            _counters.Count(EdgeCounter.Repeated);
            await _sender.SendAsync(transaction.Upstream, transaction.LastSent).ConfigureAwait(false);
            return true;
        }

        var editor = new SipMessageEditor(response);
        if (transaction.Key.Method is "INVITE" or "UPDATE" or "PRACK")
        {
            if (await AnchorAsync(transaction, from, response).ConfigureAwait(false) is not { } changes)
            {
                return false;
            }

            editor.Changes.AddRange(changes);
        }

        editor.RemoveFirstValue(HeaderKind.Via);
        if (transaction.Upstream.Point.Transport == SipTransport.Tcp && response.DeclaredLength is null)
        {
            int length = response.Body.Length + editor.Changes.LengthChangeIn(response.Body);
            editor.AddLast("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        }

        byte[] passed = editor.ToBytes();
        bool hasRoom = _transactions.TryHold(transaction, Math.Max(response.Text.Length, passed.Length));
        transaction.LastReceived = hasRoom ? response.Text : null;
        transaction.LastSent = hasRoom ? passed : [];
        _counters.Count(EdgeCounter.ResponseForwarded);
        await _sender.SendAsync(transaction.Upstream, passed).ConfigureAwait(false);
        return true;
    }

    private async Task SendUpstreamAsync(ProxyTransaction transaction, byte[] response)
    {
        transaction.LastSent = response;
        await _sender.SendAsync(transaction.Upstream, response).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a request that has been sent on, or would have been: its media, if any, is deleted, or becomes what it was before.
    /// </summary>
    private async Task FailAsync(ProxyTransaction transaction, int status, string reason, params string[] fields)
    {
        if (transaction.HasMedia)
        {
            transaction.HasMedia = false;
            await _anchor.ManageAsync(State, transaction.Request, transaction.From, transaction.Facts, MessageRoute.Failure)
                .ConfigureAwait(false);
        }

        await AnswerAsync(transaction, status, reason, fields).ConfigureAwait(false);
    }

    private async Task AnswerAsync(ProxyTransaction transaction, int status, string reason, params string[] fields)
    {
        _counters.Count(EdgeCounter.Answered);
        if (status >= 400)
        {
            Log.Refused(
                _logger,
                PeerText.Brief(transaction.Key.Method),
                PeerText.Brief(transaction.Key.CallId),
                transaction.From.Remote,
                status,
                reason);
        }

        await SendUpstreamAsync(
            transaction,
            LocalResponse.Build(
                transaction.Request,
                new ViaMark(transaction.From.Remote),
                _marks.TagOf(transaction.Request),
                status,
                reason,
                fields)).ConfigureAwait(false);
        Complete(transaction);
    }

    /// <summary>A final response other than 2xx to INVITE has gone back: repeat it until its ACK, or answer repetitions.</summary>
    private static void Complete(ProxyTransaction transaction)
    {
        transaction.State = TransactionState.Completed;
        transaction.ExpireAfter(SipTimers.Lifetime);
        if (transaction is { IsInvite: true, Sender.IsProven: true } && transaction.Upstream.Point.Transport == SipTransport.Udp)
        {
            transaction.RepeatAfter(SipTimers.T1);
        }
        else
        {
            transaction.StopRepeating();
        }
    }

    private void DropResponse(Flow from, SipMessage response, string problem)
    {
        _counters.Count(EdgeCounter.DroppedResponse);
        Log.ResponseDropped(_logger, PeerText.Brief(response.CallId), from.Remote, problem);
    }
}
