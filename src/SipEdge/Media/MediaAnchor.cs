using Microsoft.Extensions.Logging;
using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Proxy;
using RtpProxy.SipEdge.Transport;

namespace RtpProxy.SipEdge.Media;

/// <summary>Shows messages to <see cref="CallMedia"/> on their way through the proxy, with what is known of them.</summary>
internal sealed class MediaAnchor(EdgeCounters counters, ILogger logger)
{
    /// <param name="from">Where the message came from.</param>
    /// <param name="facts">The request's facts when the message is a reply or a CANCEL.</param>
    public async ValueTask<MediaResult> ManageAsync(
        EdgeState state, SipMessage message, Flow from, TransactionFacts? facts, MessageRoute route = MessageRoute.Main)
    {
        var context = new MessageContext(from.Remote.Address, from.Point.Address)
        {
            Route = route,
            Transaction = facts,
            Set = state.Settings.Media.Set,
            TimeoutTag = state.Settings.Media.TimeoutSocket is null ? null : message.CallId,
        };
        MediaResult result = await state.Media
            .ManageAsync(message, context, state.Settings.Media.Flags, state.Settings.Media.Address)
            .ConfigureAwait(false);
        if (result.Outcome is MediaOutcome.Failed or MediaOutcome.NoRelay)
        {
            counters.Count(EdgeCounter.MediaFailed);
            Log.MediaFailed(logger, result.Action.ToString(), PeerText.Brief(message.CallId), PeerText.Brief(result.Reason));
        }
        else if (result is { IsDone: true, Action: MediaAction.Offer or MediaAction.Answer })
        {
            counters.Count(EdgeCounter.MediaAnchored);
        }

        return result;
    }
}
