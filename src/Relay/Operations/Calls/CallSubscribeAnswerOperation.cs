using System.Collections.Immutable;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>A subscriber says where it wants what it hears (docs/ng.md, recording servers): it is sent there from now on.</summary>
public sealed class CallSubscribeAnswerOperation : Operation
{
    private readonly string _callId;
    private readonly string _tag;
    private readonly ImmutableArray<MediaDescription> _media;

    internal CallSubscribeAnswerOperation(
        string callId, string tag, ImmutableArray<MediaDescription> media, OperationContext context)
    {
        _callId = callId;
        _tag = tag;
        _media = media;
        BeginAt(Step.On(context.WorkerOf(callId), CarryOut));
    }

    private Step CarryOut(RelayWorker worker, Instant now)
    {
        if (worker.Calls.Find(_callId) is not { } call)
        {
            return Step.Refused(Refusal.UnknownCall);
        }

        if (call.Facts.FindParty(_tag) is not { } party || call.Facts.FindSubscriptionOf(party) is not { } subscription)
        {
            return Step.Refused(Refusal.UnknownParty);
        }

        for (int i = 0; i < subscription.Lines.Length; i++)
        {
            if (worker.Calls.Find(call, subscription.Number, i) is { } session)
            {
                // What the answer does not speak of is refused (RFC 3264, section 6).
                Apply(worker, session.Callee, i < _media.Length ? _media[i] : default, subscription.Lines[i].IsMuxOffered, now);
            }
        }

        CallFacts facts = call.Facts.With(party with { Media = _media }).With(subscription with { IsAnswered = true });
        worker.Calls.Change(call, facts);
        return Step.Done;
    }

    private static void Apply(RelayWorker worker, Leg hearer, in MediaDescription said, bool isMuxOffered, Instant now)
    {
        bool hears = said.IsRelayed && !said.WantsNothing && said.Direction.Receives();
        hearer.Gates = hears ? MediaGates.None : MediaGates.Toward;
        hearer.Session.IsOpaque = said.Kind == MediaKind.Opaque;
        hearer.IsRtcpMuxed = isMuxOffered && said.RtcpMux.HasFlag(RtcpMuxFacts.IsSaid);
        if (said.IsRelayed)
        {
            var request = new LegRequest
            {
                Codecs = said.PayloadTypes,
                Remote = said.Rtp,
                RemoteRtcp = said.Rtcp.IsKnown ? said.Rtcp : null,
            };
            LegChange.Apply(worker, hearer, request, SignalledBy.Answer, now);
        }
    }
}
