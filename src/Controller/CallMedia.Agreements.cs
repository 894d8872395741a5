using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
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
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>
    /// Done when all is as before, or nothing is known to have changed; else failed, and the reason says what the node answered.
    /// </returns>
    public async ValueTask<MediaResult> TakeBackAsync(
        SipMessage message, MessageContext context, MediaFlags? flags = null, CancellationToken cancellationToken = default)
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

        return await _operations.TakeBackAsync(call, context.Set, id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A final answer: what was offered holds from now on.</summary>
    private async ValueTask AgreeAsync(
        SipMessage message, MessageContext context, MediaFlags flags, CancellationToken cancellationToken)
    {
        bool isFinal = message.IsRequest
            ? message.Method == "ACK"
            : message is { StatusCode: >= 200 and < 300, Method: "INVITE" or "UPDATE" or "PRACK" };
        if (isFinal && TransactionId.Of(message) is { } id
            && CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out _))
        {
            await _operations.AgreeAsync(call, context.Set, id, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool AnswersRelayedOffer(SipMessage message, MessageContext context, MediaFlags flags) =>
        TransactionId.Of(message) is { } id
        && CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out _)
        && _operations.HasOffer(call, id);
}
