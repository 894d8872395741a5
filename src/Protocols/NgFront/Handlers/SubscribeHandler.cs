using System.Collections.Immutable;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Options;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.NgFront.Descriptions;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using RtpProxy.Relay.Ports;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>subscribe request</c> (docs/ng.md, recording servers).</summary>
internal sealed class SubscribeHandler : INgHandler
{
    private readonly SubscribeRequest _request;
    private readonly NgSetting _setting;
    private readonly string _toTag;
    private readonly string? _refusal;
    private readonly Operation _operation;

    public SubscribeHandler(SubscribeRequest request, in NgSetting setting)
    {
        _request = request;
        _setting = setting;
        _toTag = request.ToTag ?? $"{Guid.NewGuid():N}";
        LocalAddress? toward = null;
        _refusal = request.FindRefusal() ?? (request.Options.Profile.IsSecure() ? NgErrors.NoSrtp : null)
            ?? (LocalAddresses.TryFindOne(request.Options, setting, out toward) ? null : NgErrors.UnknownInterface);
        _operation = _refusal is null
            ? setting.Relay.SubscribeToCall(new CallSubscribeRequest(request.CallId, _toTag, SourcesOf(request), setting.Now)
            {
                Toward = toward,
                OffersMux = (request.Options.RtcpMux & (RtcpMuxOptions.Offer | RtcpMuxOptions.Require)) != 0,
                Tos = request.Options.Tos.Value,
                Fits = request.Options.Attributes.IsEmpty ? null : Fits,
            })
            : setting.Relay.QueryCall(request.CallId); // an unknown call is the error that comes first
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        switch (_operation.Refusal)
        {
            case Refusal.UnknownCall:
                reply.WriteError(_request.UnknownCall);
                break;
            case Refusal.UnknownParty when _request.FromTags.IsEmpty && _request.Sources.By != PartySelector.All:
                reply.WriteError(_request.Sources.NotFound);
                break;
            case Refusal.UnknownParty or Refusal.NoCopy:
                reply.WriteError(NgErrors.NoSubscribedMedia);
                break;
            case Refusal.OwnAnswer:
                reply.WriteError(NgErrors.WrongDirection);
                break;
            case Refusal.CallIsFull:
                reply.WriteError(NgErrors.SessionLimit);
                break;
            case Refusal.NotWanted:
                reply.WriteError(SdpErrors.TooLong);
                break;
            case Refusal.None when _refusal is null:
                reply.WriteSubscription(Describe((CallSubscribeOperation)_operation));
                break;
            case Refusal.None:
                reply.WriteError(_refusal);
                break;
            default:
                reply.WriteError(NgErrors.NoPorts);
                break;
        }
    }

    private static ImmutableArray<PartyChoice> SourcesOf(SubscribeRequest request) =>
        !request.FromTags.IsEmpty ? [.. request.FromTags.Select(tag => new PartyChoice(Tag: tag))]
        : request.Sources.By == PartySelector.All ? []
        : [PartyChoices.Of(request.Sources)];

    /// <summary>A line is written of what either party said of it.</summary>
    private bool Fits(ImmutableArray<HeardLine> lines) => !SdpRefusals.AreTooLong(
        [.. lines.SelectMany(line => new[] { SdpExcerpt.Read(line.Said.Memo), SdpExcerpt.Read(line.Other?.Memo) }).OfType<SdpFacts>()],
        _request.Options.Attributes);

    private SubscriptionReply Describe(CallSubscribeOperation subscription)
    {
        (HeardLine Line, string Label)[] lines = [.. subscription.Lines.Select((line, place) => (line, $"{place}"))];
        IGrouping<string, (HeardLine Line, string Label)>[] sources =
            [.. lines.Where(line => line.Line.Port is not null).GroupBy(line => line.Line.Party!.Tag ?? "")];
        return new SubscriptionReply(
            Offer(subscription, lines, isOfOne: sources.Length == 1).Write(),
            _toTag,
            [.. sources.Select(source => new SubscribedParty(source.Key, source.First().Line.Party!.Label, [.. source.Select(Tell)]))],
            _request.IsSiprec);
    }

    private SubscribedMedia Tell((HeardLine Line, string Label) line) => new(
        line.Line.Index + 1, line.Line.Said.Type, line.Label, SdpTerms.OurWord(line.Line.Said.Direction));

    private SubscriptionOffer Offer(CallSubscribeOperation subscription, (HeardLine Line, string Label)[] lines, bool isOfOne)
    {
        MediaOptions options = _request.Options;
        HeardLine first = lines.First(line => line.Line.Port is not null).Line;
        return OwnDescription.Of(
            [.. lines.Select(line => Describe(line.Line, _request.IsSiprec ? line.Label : null))],
            LocalAddresses.Shown(first.Port!.Value.Address, _setting.Relay.Addresses, first.Said.Rtp.ToIPAddress()),
            subscription.SessionNumber,
            subscription.Offers,
            options) with
        {
            Session = isOfOne ? SdpExcerpt.Read(first.Party!.Media[0].Memo) : null,
            ReplacesOrigin = options.Replace.Origin,
            Profile = options.Profile,
            GeneratesMid = options.GenerateMid,
        };
    }

    private SubscriptionLine Describe(HeardLine line, string? label) => new(
        SdpExcerpt.Read(line.Said.Memo),
        line.Other is { IsRelayed: true } other ? SdpExcerpt.Read(other.Memo) : null,
        line.Port is { } port ? SdpMediaPorts.ForOffer(port.Number, MuxOf(port)) : null,
        label,
        IsSending: line.Said.Direction.Sends());

    private RtcpMuxOffer MuxOf(in LinePort port) =>
        new(port.IsRtcpMuxed, _request.Options.RtcpMux.HasFlag(RtcpMuxOptions.Require), null);
}
