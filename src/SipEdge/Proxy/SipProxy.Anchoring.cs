using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>What becomes of messages whose media cannot go through a relay.</summary>
internal sealed partial class SipProxy
{
    private const string RetryLater = "Retry-After: 5";

    /// <summary>Answers an offer that no relay takes.</summary>
    private Task RefuseMediaAsync(ProxyTransaction transaction, MediaResult media)
    {
        MediaRefusal refusal = media.Refusal ?? new MediaRefusal(503, "No Media Relay Available");
        return AnswerAsync(transaction, refusal.Status, refusal.Phrase, FieldsOf(transaction, refusal));
    }

    /// <summary>Shows a response to the relays.</summary>
    /// <returns>What to change in it, or null when it must not pass and has been dealt with.</returns>
    private async Task<IEnumerable<Splice>?> AnchorAsync(ProxyTransaction transaction, Flow from, SipMessage response)
    {
        if (transaction.Discards is { } earlier)
        {
            await DiscardAsync(transaction, response, earlier).ConfigureAwait(false);
            return null;
        }

        if (transaction.PassesWithoutRelay && response.StatusCode < 300)
        {
            return [];
        }

        MediaResult media = await _anchor.ManageAsync(State, response, from, transaction.Facts).ConfigureAwait(false);
        transaction.HasMedia &= media.Action is not (MediaAction.Destroy or MediaAction.TakeBack);
        if (!IsUnanchoredAnswer(media, transaction.HasMedia) && !IsUnwantedOffer(media))
        {
            return media.Changes;
        }

        // The final response says it again, and says it for good (RFC 3261 section 13.2.1). A call that was cancelled has no
        // media any more, and its caller ends it when it hears that it was answered all the same.
        if ((response.StatusCode < 200 && !IsReliable(response)) || transaction.WantsCancel)
        {
            return WithoutBody(response);
        }

        await DiscardAsync(transaction, response, media.Refusal ?? new MediaRefusal(503, "No Media Relay Available")).ConfigureAwait(false);
        return null;
    }

    /// <summary>
    /// An answer that no relay takes names an address that the other party cannot have: it is not passed on. The party that
    /// gave it is acknowledged, and sent a BYE if it just joined; the party that offered gets a refusal, and its media is as it
    /// was before.
    /// </summary>
    private async Task DiscardAsync(ProxyTransaction transaction, SipMessage response, MediaRefusal refusal)
    {
        if (transaction.State == TransactionState.Accepted)
        {
            await EndDialogAsync(transaction, response).ConfigureAwait(false); // Another branch of a forked call; the first stands.
            return;
        }

        transaction.Discards = refusal;
        if (response.StatusCode < 200)
        {
            await SendCancelAsync(transaction).ConfigureAwait(false); // Its final response brings the refusal about.
            return;
        }

        transaction.StopRepeating();
        if (transaction.IsInvite && response.StatusCode < 300)
        {
            await EndDialogAsync(transaction, response).ConfigureAwait(false);
        }

        // What is wrong with the answer is not the offerer's doing.
        (int status, string phrase) = refusal.Status == 400 ? (502, "Bad Session Description From Callee") : (refusal.Status, refusal.Phrase);
        await FailAsync(transaction, status, phrase, FieldsOf(transaction, refusal)).ConfigureAwait(false);
    }

    /// <summary>Acknowledges a 2xx that is not passed on, and ends the dialog that it has made.</summary>
    private async Task EndDialogAsync(ProxyTransaction transaction, SipMessage response)
    {
        SipMessage invite = transaction.Forwarded!;
        Flow to = transaction.Downstream!;
        uint number = invite.CSeq!.Value.Number;
        transaction.AckOfDiscarded = DialogRequest.Write(invite, response, "ACK", number, to, _marks.NewBranch(transaction.Request));
        await _sender.SendAsync(to, transaction.AckOfDiscarded).ConfigureAwait(false);
        if (!transaction.Facts.InDialog)
        {
            string branch = _marks.NewBranch(transaction.Request);
            await SendOwnAsync(
                DialogRequest.Write(invite, response, "BYE", number + 1, to, branch), branch, transaction.Sender, to).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the media of a request in a dialog what it was before it.</summary>
    private async Task TakeBackAsync(ProxyTransaction transaction)
    {
        transaction.HasMedia = false;
        await _anchor.ManageAsync(State, transaction.Request, transaction.From, transaction.Facts, MessageRoute.Failure)
            .ConfigureAwait(false);
    }

    /// <summary>Sends a request of our own until it is answered, or for as long as any.</summary>
    private async Task SendOwnAsync(byte[] bytes, string branch, Sender account, Flow to)
    {
        if (!SipMessage.TryParse(bytes, out SipMessage request, out _))
        {
            return; // A peer's Contact or Route that fits no request.
        }

        var key = TransactionKey.Of(request, request.Method);
        ProxyTransaction? own = _transactions.GetOrAdd(
            key,
            account,
            bytes.Length,
            () => new ProxyTransaction(key, request, to, account, branch, _time, OnRepeat, OnExpiry)
            {
                IsOwn = true,
                State = TransactionState.Calling,
                Downstream = to,
                ForwardedBytes = bytes,
            },
            out bool isNew);
        if (own is not null && isNew)
        {
            own.ExpireAfter(SipTimers.Lifetime);
            if (to.Point.Transport == SipTransport.Udp)
            {
                own.RepeatAfter(SipTimers.T1);
            }
        }

        await _sender.SendAsync(to, bytes).ConfigureAwait(false);
    }

    private void OnOwnAnswered(ProxyTransaction own, SipMessage response)
    {
        _counters.Count(EdgeCounter.Absorbed);
        if (response.StatusCode >= 200)
        {
            _transactions.Remove(own);
        }
    }

    private static string[] FieldsOf(ProxyTransaction transaction, MediaRefusal refusal)
    {
        List<string> fields = [];
        if (refusal.WarningField(transaction.From.Point.SentBy) is { } warning)
        {
            fields.Add(warning);
        }

        if (refusal.MayBeRetried)
        {
            fields.Add(RetryLater);
        }

        return [.. fields];
    }

    private static bool IsUnanchoredAnswer(MediaResult media, bool isOfferAnchored) =>
        isOfferAnchored && media is { Action: MediaAction.Answer, Outcome: MediaOutcome.Failed or MediaOutcome.NoRelay };

    // A late offer, in a response.
    private bool IsUnwantedOffer(MediaResult media) =>
        media is { Action: MediaAction.Offer, Outcome: MediaOutcome.Failed or MediaOutcome.NoRelay }
        && State.Settings.Media.RejectWhenUnavailable;

    private static bool IsReliable(SipMessage response) => response.TryFind("RSeq", out _); // RFC 3262

    private static List<Splice> WithoutBody(SipMessage message)
    {
        List<Splice> changes = [new Splice(message.Body, "")];
        if (message.TryFind(HeaderKind.ContentType, out SipHeader type))
        {
            changes.Add(new Splice(type.Line, ""));
        }

        return changes;
    }
}
