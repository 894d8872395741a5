using System.Diagnostics;
using System.Text;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Requests: received, anchored, sent on.</summary>
internal sealed partial class SipProxy
{
    private async Task OnRequestAsync(Flow from, SipMessage request)
    {
        if (MessageCheck.FindFault(request) is { } fault)
        {
            await RefuseAsync(from, request, fault).ConfigureAwait(false);
            return;
        }

        switch (request.Method)
        {
            case "ACK":
                await OnAckAsync(from, request).ConfigureAwait(false);
                break;
            case "CANCEL":
                await OnCancelAsync(from, request).ConfigureAwait(false);
                break;
            default:
                await OnTransactionRequestAsync(from, request).ConfigureAwait(false);
                break;
        }
    }

    private async Task RefuseAsync(Flow from, SipMessage request, MessageFault fault)
    {
        // A response needs a way back, and an ACK never gets one (RFC 3261 sections 16.3 and 17).
        if (request.TopVia is null || request.Method == "ACK")
        {
            _counters.Count(EdgeCounter.DroppedUnreadable);
            Log.Unreadable(_logger, request.Text.Length, from.Remote, fault.ToString());
            return;
        }

        _counters.Count(EdgeCounter.Refused);
        Log.Refused(
            _logger, PeerText.Of(request.Method), PeerText.Of(request.CallId), from.Remote, fault.StatusCode, fault.ToString());
        string reason = fault.StatusCode == 505 ? "Version Not Supported" : $"Bad {fault.Subject}";
        await RespondAsync(request, from, fault.StatusCode, reason).ConfigureAwait(false);
    }

    private async Task OnTransactionRequestAsync(Flow from, SipMessage request)
    {
        var key = TransactionKey.Of(request, request.Method);
        ProxyTransaction? transaction = _transactions.GetOrAdd(
            key,
            request.Text.Length,
            () => new ProxyTransaction(key, request, from, NewBranch(), _time, OnRepeat, OnExpiry),
            out bool isNew);
        if (transaction is null)
        {
            _counters.Count(EdgeCounter.Answered);
            await RespondAsync(request, from, 503, "Too Many Transactions", "Retry-After: 10").ConfigureAwait(false);
            return;
        }

        using IDisposable? turn = await transaction.TryEnterAsync().ConfigureAwait(false);
        if (turn is null || transaction.State == TransactionState.Terminated)
        {
            _counters.Count(EdgeCounter.DroppedOverload);
            return;
        }

        if (!isNew)
        {
            await OnRepeatedAsync(transaction).ConfigureAwait(false);
            return;
        }

        if (transaction.IsInvite)
        {
            await SendUpstreamAsync(
                transaction, LocalResponse.Build(request, new ViaMark(from.Remote), 100, "Trying")).ConfigureAwait(false);
        }

        await BeginAsync(transaction, State).ConfigureAwait(false);
    }

    private async Task OnRepeatedAsync(ProxyTransaction transaction)
    {
        _counters.Count(EdgeCounter.Repeated);

        // After a 2xx its sender repeats it, not we (RFC 6026).
        if (transaction.LastSent.Length > 0 && transaction.State != TransactionState.Accepted)
        {
            await _sender.SendAsync(transaction.Upstream, transaction.LastSent).ConfigureAwait(false);
        }
    }

    private async Task BeginAsync(ProxyTransaction transaction, EdgeState state)
    {
        SipMessage request = transaction.Request;
        if (Router.IsForProxy(request, state.Settings, _sender.Points) && await ServeAsync(transaction, state).ConfigureAwait(false))
        {
            return;
        }

        if (ForwardedRequest.MaxForwardsOf(request) == 0)
        {
            await AnswerAsync(transaction, 483, "Too Many Hops").ConfigureAwait(false);
            return;
        }

        if (request.TryFind(HeaderKind.ProxyRequire, out SipHeader required) && !required.Value.IsEmpty)
        {
            await AnswerAsync(transaction, 420, "Bad Extension", $"Unsupported: {request.ValueOf(required)}").ConfigureAwait(false);
            return;
        }

        RouteDecision decision = _router.Decide(request, state.Settings, _sender.Points);
        if (decision.Plan is not { } plan)
        {
            await AnswerAsync(transaction, decision.Status, decision.Reason).ConfigureAwait(false);
            return;
        }

        Flow? to = plan.Direct ?? await _resolver.ResolveAsync(plan.Target, plan.Leaving, transaction.From.Point).ConfigureAwait(false);
        if (to is null)
        {
            await AnswerAsync(transaction, 503, "No Way There").ConfigureAwait(false);
            return;
        }

        await ForwardAsync(transaction, state, plan, to).ConfigureAwait(false);
    }

    /// <summary>Requests to the proxy itself: REGISTER and OPTIONS.</summary>
    private async Task<bool> ServeAsync(ProxyTransaction transaction, EdgeState state)
    {
        if (transaction.Request.Method == "REGISTER" && state.Settings.Registrar is { } settings)
        {
            RegistrarAnswer answer = _registrar.Register(transaction.Request, transaction.From, settings);
            await AnswerAsync(transaction, answer.Status, answer.Reason, [.. answer.Fields]).ConfigureAwait(false);
            return true;
        }

        if (transaction.Request.Method == "OPTIONS")
        {
            await AnswerAsync(
                transaction, 200, "OK", "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, UPDATE, PRACK").ConfigureAwait(false);
            return true;
        }

        return false;
    }

    private async Task ForwardAsync(ProxyTransaction transaction, EdgeState state, RoutePlan plan, Flow to)
    {
        SipMessage request = transaction.Request;
        bool isInDialog = request.ToTag is not null;
        MediaResult media = await _anchor
            .ManageAsync(state, request, transaction.From, new TransactionFacts(false, isInDialog)).ConfigureAwait(false);
        bool isOffer = media.Action == MediaAction.Offer;
        transaction.Facts = new TransactionFacts(media.MarksTransaction, isInDialog);
        transaction.HasMedia = isOffer && media.IsDone;
        if (isOffer && media.Outcome is MediaOutcome.Failed or MediaOutcome.NoRelay && state.Settings.Media.RejectWhenUnavailable)
        {
            await AnswerAsync(transaction, 503, "No Media Relay Available", "Retry-After: 5").ConfigureAwait(false);
            return;
        }

        if (transaction.WantsCancel)
        {
            await FailAsync(transaction, 487, "Request Terminated").ConfigureAwait(false);
            return;
        }

        string text = ForwardedRequest.Write(request, plan, transaction.From, to, transaction.Branch, media.Changes);
        transaction.Forwarded = SipMessage.TryParse(text, out SipMessage forwarded, out ParseError error)
            ? forwarded
            : throw new UnreachableException($"What we wrote cannot be read: {error}");
        transaction.ForwardedBytes = Encoding.Latin1.GetBytes(text);
        transaction.Downstream = to;
        transaction.State = TransactionState.Calling;
        _counters.Count(EdgeCounter.RequestForwarded);
        Log.Forwarding(_logger, PeerText.Of(request.Method), PeerText.Of(request.CallId), to.Remote);
        if (!await _sender.SendAsync(to, transaction.ForwardedBytes).ConfigureAwait(false))
        {
            await FailAsync(transaction, 503, "Next Hop Unreachable").ConfigureAwait(false);
            return;
        }

        transaction.ExpireAfter(SipTimers.Lifetime);
        if (to.Point.Transport == SipTransport.Udp)
        {
            transaction.RepeatAfter(SipTimers.T1);
        }
    }

    private async Task OnAckAsync(Flow from, SipMessage ack)
    {
        if (_transactions.Find(TransactionKey.Of(ack, "INVITE")) is { } invite)
        {
            using IDisposable? turn = await invite.TryEnterAsync().ConfigureAwait(false);
            if (turn is null)
            {
                _counters.Count(EdgeCounter.DroppedOverload);
                return;
            }

            if (invite.State != TransactionState.Accepted)
            {
                _counters.Count(EdgeCounter.Absorbed);
                if (invite.State == TransactionState.Completed)
                {
                    invite.State = TransactionState.Confirmed;
                    invite.StopRepeating();
                    invite.ExpireAfter(SipTimers.T4);
                }

                return;
            }
        }

        // The ACK of a 2xx goes from end to end, without a transaction (RFC 3261 section 13.2.2.4).
        EdgeState state = State;
        if (ForwardedRequest.MaxForwardsOf(ack) == 0
            || _router.Decide(ack, state.Settings, _sender.Points).Plan is not { } plan
            || (plan.Direct ?? await _resolver.ResolveAsync(plan.Target, plan.Leaving, from.Point).ConfigureAwait(false)) is not { } to)
        {
            _counters.Count(EdgeCounter.DroppedUnreadable);
            return;
        }

        MediaResult media = await _anchor.ManageAsync(state, ack, from, null).ConfigureAwait(false);
        string text = ForwardedRequest.Write(ack, plan, from, to, NewBranch(), media.Changes);
        _counters.Count(EdgeCounter.RequestForwarded);
        await _sender.SendAsync(to, Encoding.Latin1.GetBytes(text)).ConfigureAwait(false);
    }

    private async Task OnCancelAsync(Flow from, SipMessage cancel)
    {
        if (_transactions.Find(TransactionKey.Of(cancel, "INVITE")) is not { } invite)
        {
            _counters.Count(EdgeCounter.Answered);
            await RespondAsync(cancel, from, 481, "No Such Transaction").ConfigureAwait(false);
            return;
        }

        _counters.Count(EdgeCounter.Absorbed);
        await RespondAsync(cancel, from, 200, "OK").ConfigureAwait(false);
        bool isFirst = !invite.WantsCancel;
        invite.WantsCancel = true;
        using IDisposable? turn = await invite.TryEnterAsync().ConfigureAwait(false);
        if (turn is null || !isFirst || invite.State is not (TransactionState.Calling or TransactionState.Proceeding))
        {
            return;
        }

        await _anchor.ManageAsync(State, cancel, from, invite.Facts).ConfigureAwait(false);
        await SendCancelAsync(invite).ConfigureAwait(false);
    }

    // Not before something has come back: the CANCEL could overtake its INVITE (RFC 3261 section 9.1).
    private async Task SendCancelAsync(ProxyTransaction invite)
    {
        if (invite is { State: TransactionState.Proceeding, HasSentCancel: false, Forwarded: { } forwarded, Downstream: { } to })
        {
            invite.HasSentCancel = true;
            invite.ExpireAfter(SipTimers.Lifetime);
            if (to.Point.Transport == SipTransport.Udp)
            {
                invite.RepeatAfter(SipTimers.T1);
            }

            await _sender.SendAsync(to, HopRequest.Cancel(forwarded)).ConfigureAwait(false);
        }
    }
}
