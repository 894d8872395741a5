using System.Diagnostics;
using System.Text;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>Requests: received, anchored, sent on.</summary>
internal sealed partial class SipProxy
{
    private async Task OnRequestAsync(Flow from, SipMessage request)
    {
        string? excess = MessageLimits.FindExcess(request);
        MessageFault? fault = excess is null ? MessageCheck.FindFault(request) : null;
        if (fault is null && (excess ??= MessageLimits.FindLongName(request)) is null)
        {
            await OnSoundRequestAsync(from, request).ConfigureAwait(false);
            return;
        }

        await RefuseAsync(from, request, fault ?? new MessageFault(400, excess!, default), excess).ConfigureAwait(false);
    }

    private async Task OnSoundRequestAsync(Flow from, SipMessage request)
    {
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

    private async Task RefuseAsync(Flow from, SipMessage request, MessageFault fault, string? excess = null)
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
            _logger, PeerText.Brief(request.Method), PeerText.Brief(request.CallId), from.Remote, fault.StatusCode, excess ?? fault.ToString());
        string reason = fault.StatusCode == 505 ? "Version Not Supported" : excess ?? $"Bad {fault.Subject}";
        await RespondAsync(request, from, fault.StatusCode, reason).ConfigureAwait(false);
    }

    private async Task OnTransactionRequestAsync(Flow from, SipMessage request)
    {
        var key = TransactionKey.Of(request, request.Method);
        EdgeState state = State;
        ProxyTransaction? transaction = _transactions.Find(key);
        Verdict? verdict = transaction is null ? _gate.Judge(from, request, state.Settings, _sender.Points) : null;
        if (verdict is { Status: not 0 })
        {
            await EndAsync(from, request, verdict).ConfigureAwait(false);
            return;
        }

        // Two at once may both find the last place: so many more there may be.
        if (transaction is null && !_transactions.HasRoomFor(key, verdict!.Sender))
        {
            await EndAsync(from, request, Verdict.Answer(503, "Too Many Unanswered Calls", "Retry-After: 10")).ConfigureAwait(false);
            return;
        }

        bool isNew = false;
        transaction ??= _transactions.GetOrAdd(
            key,
            verdict!.Sender,
            request.Text.Length,
            () => new ProxyTransaction(
                key, request, from, verdict.Sender, _marks.NewBranch(request), _time, OnRepeat, OnExpiry)
            {
                IsRepeatedBySender = verdict.Plan is { } way && verdict.Sender.RepeatsItself(way.Target),
            },
            out isNew);
        if (transaction is null)
        {
            await EndAsync(from, request, Verdict.Answer(503, "Too Many Transactions", "Retry-After: 10")).ConfigureAwait(false);
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

        if (transaction is { IsInvite: true, IsRepeatedBySender: false })
        {
            await SendTryingAsync(transaction).ConfigureAwait(false);
        }

        await (verdict!.Plan is { } plan
            ? SendOnAsync(transaction, state, plan)
            : RegisterAsync(transaction, state)).ConfigureAwait(false);
    }

    /// <summary>Answers a request without remembering it: an unknown sender costs nothing but the answer.</summary>
    private async Task EndAsync(Flow from, SipMessage request, Verdict verdict)
    {
        _counters.Count(verdict.IsChallenge ? EdgeCounter.Challenged : EdgeCounter.Answered);
        if (verdict is { Status: >= 400, IsChallenge: false })
        {
            Log.Refused(
                _logger, PeerText.Brief(request.Method), PeerText.Brief(request.CallId), from.Remote, verdict.Status, PeerText.Brief(verdict.Reason));
        }

        await RespondAsync(request, from, verdict.Status, verdict.Reason, verdict.Fields).ConfigureAwait(false);
    }

    private async Task OnRepeatedAsync(ProxyTransaction transaction)
    {
        _counters.Count(EdgeCounter.Repeated);
        if (transaction is { IsRepeatedBySender: true, LastSent.Length: 0, Downstream: { Point.Transport: SipTransport.Udp } to }
            && transaction.State is TransactionState.Calling or TransactionState.Proceeding)
        {
            await _sender.SendAsync(to, transaction.ForwardedBytes).ConfigureAwait(false);
            return;
        }

        // After a 2xx its sender repeats it, not we (RFC 6026).
        if (transaction.LastSent.Length > 0 && transaction.State != TransactionState.Accepted)
        {
            await _sender.SendAsync(transaction.Upstream, transaction.LastSent).ConfigureAwait(false);
        }
    }

    private Task SendTryingAsync(ProxyTransaction transaction) => SendUpstreamAsync(
        transaction,
        LocalResponse.Build(
            transaction.Request, new ViaMark(transaction.From.Remote), _marks.TagOf(transaction.Request), 100, "Trying"));

    private async Task SendOnAsync(ProxyTransaction transaction, EdgeState state, RoutePlan plan)
    {
        Flow? to = plan.Phone?.Flow ?? await _resolver.ResolveAsync(plan.Target, plan.Leaving, transaction.From.Point).ConfigureAwait(false);
        if (to is null)
        {
            await AnswerAsync(transaction, 503, "No Way There").ConfigureAwait(false);
            return;
        }

        if (IsOurs(to))
        {
            await AnswerAsync(transaction, 482, "Loop Detected").ConfigureAwait(false);
            return;
        }

        await ForwardAsync(transaction, state, plan, to).ConfigureAwait(false);
    }

    private async Task RegisterAsync(ProxyTransaction transaction, EdgeState state)
    {
        EdgeSettings settings = state.Settings;
        Flow from = transaction.From;
        int maxAnswer = transaction.Sender.User is not null || transaction.Sender.IsTrusted || from.Connection is not null
            ? int.MaxValue
            : transaction.Request.Text.Length;
        RegistrarAnswer answer = _registrar.Register(
            transaction.Request,
            from,
            transaction.Sender.IsProven,
            settings.Registrar!,
            uri => Router.LeadsToUs(uri, settings, _sender.Points),
            maxAnswer);
        await AnswerAsync(transaction, answer.Status, answer.Reason, [.. answer.Fields]).ConfigureAwait(false);
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
        transaction.PassesWithoutRelay = isOffer && !media.IsDone;
        if (isOffer && media.Outcome is MediaOutcome.Failed or MediaOutcome.NoRelay && state.Settings.Media.RejectWhenUnavailable)
        {
            await RefuseMediaAsync(transaction, media).ConfigureAwait(false);
            return;
        }

        if (transaction.WantsCancel)
        {
            await FailAsync(transaction, 487, "Request Terminated").ConfigureAwait(false);
            return;
        }

        string text = ForwardedRequest.Write(
            request,
            plan,
            transaction.From,
            to,
            transaction.Branch,
            SealOf(transaction, plan, to),
            transaction.Sender.IsTrusted,
            state.Settings.Authentication?.Realm,
            media.Changes);
        transaction.Forwarded = SipMessage.TryParse(text, out SipMessage forwarded, out ParseError error)
            ? forwarded
            : throw new UnreachableException($"What we wrote cannot be read: {error}");
        transaction.ForwardedBytes = Encoding.Latin1.GetBytes(text);
        transaction.Downstream = to;
        transaction.Phone = plan.Phone;
        transaction.State = TransactionState.Calling;
        _counters.Count(EdgeCounter.RequestForwarded);
        Tell(transaction, to);
        if (!await _sender.SendAsync(to, transaction.ForwardedBytes).ConfigureAwait(false))
        {
            await FailAsync(transaction, 503, "Next Hop Unreachable").ConfigureAwait(false);
            return;
        }

        transaction.ExpireAfter(SipTimers.Lifetime);
        if (to.Point.Transport == SipTransport.Udp && !transaction.IsRepeatedBySender)
        {
            transaction.RepeatAfter(SipTimers.T1);
        }
    }

    private string SealOf(ProxyTransaction transaction, RoutePlan plan, Flow to)
    {
        Flow from = transaction.From;
        Sender sender = transaction.Sender;
        DialogTraits traits = (sender.User is not null || sender.IsTrusted ? DialogTraits.InitiatorIsFree : DialogTraits.None)
            | (sender.IsTrusted ? DialogTraits.InitiatorIsServer : DialogTraits.None)
            | (sender.IsProven ? DialogTraits.InitiatorIsProven : DialogTraits.None)
            | (plan.Phone is null ? DialogTraits.None : DialogTraits.ResponderIsPhone);
        int port = from.Connection is null ? transaction.Upstream.Remote.Port : from.Remote.Port;
        return _seals.Make(
            transaction.Request.CallId!,
            transaction.Request.FromTag,
            new DialogEnds(
                new NextHop(from.Point.Transport, LocalAddresses.Plain(from.Remote.Address).ToString(), port),
                new NextHop(to.Point.Transport, LocalAddresses.Plain(to.Remote.Address).ToString(), to.Remote.Port),
                traits));
    }

    private void Tell(ProxyTransaction transaction, Flow to)
    {
        SipMessage request = transaction.Request;
        string callId = PeerText.Brief(request.CallId);
        Log.Forwarding(_logger, PeerText.Brief(request.Method), callId, to.Remote);
        if (request.Method == "BYE")
        {
            Log.CallEnded(_logger, callId, transaction.From.Remote);
        }
        else if (transaction.IsInvite && request.ToTag is null)
        {
            Log.Call(_logger, callId, PeerText.Brief(request.From?.Uri), transaction.From.Remote, PeerText.Brief(request.RequestUri), to.Remote);
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
        if (_gate.JudgeAck(from, ack, state.Settings, _sender.Points) is not { Plan: { } plan } verdict
            || (plan.Phone?.Flow ?? await _resolver.ResolveAsync(plan.Target, plan.Leaving, from.Point).ConfigureAwait(false)) is not { } to
            || IsOurs(to))
        {
            _counters.Count(EdgeCounter.Absorbed);
            return;
        }

        MediaResult media = await _anchor.ManageAsync(state, ack, from, null).ConfigureAwait(false);
        IReadOnlyList<Splice> changes = IsUnanchoredAnswer(media, media.AnswersRelayedOffer) ? WithoutBody(ack) : media.Changes;
        string text = ForwardedRequest.Write(
            ack, plan, from, to, _marks.NewBranch(ack), "", verdict.Sender.IsTrusted, state.Settings.Authentication?.Realm, changes);
        _counters.Count(EdgeCounter.RequestForwarded);
        await _sender.SendAsync(to, Encoding.Latin1.GetBytes(text)).ConfigureAwait(false);
    }

    private async Task OnCancelAsync(Flow from, SipMessage cancel)
    {
        // Only who sent the request may take it back.
        if (_transactions.Find(TransactionKey.Of(cancel, "INVITE")) is not { } invite
            || !invite.From.Remote.Address.Equals(from.Remote.Address))
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
