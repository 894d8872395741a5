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

/// <summary><c>publish</c> (docs/ng.md, recording servers): an offer that we answer ourselves.</summary>
internal sealed class PublishHandler : INgHandler
{
    private readonly PublishRequest _request;
    private readonly NgSetting _setting;
    private readonly string _callId;
    private readonly string _fromTag;
    private readonly SdpFacts? _facts;
    private readonly string? _error;
    private readonly CallOfferOperation? _operation;
    private string? _body;

    public PublishHandler(PublishRequest request, in NgSetting setting)
    {
        _request = request;
        _setting = setting;
        _callId = request.CallId ?? $"{Guid.NewGuid():N}";
        _fromTag = request.FromTag ?? $"{Guid.NewGuid():N}";
        _error = request.Options.FindRefusal();
        if (_error is not null || !SdpFacts.TryRead(request.Sdp, out _facts, out _error))
        {
            return;
        }

        // Nobody of the call has the keys but who sends.
        _error = SdpRefusals.OfKeys(_facts) ?? SdpRefusals.OfLength(_facts, request.Options.Attributes);
        LocalAddress? toward = null;
        _error ??= LocalAddresses.TryFindOne(request.Options, setting, out toward) ? null : NgErrors.UnknownInterface;
        if (_error is null && LocalAddresses.TryFind(request.Options, _facts, setting, out LocalAddresses? local, out _error)
            && SpokenMedia.TryRead(_facts, request.Options, setting, out SpokenMedia? spoken, out _error, taken: request.Options.Codecs))
        {
            _operation = setting.Relay.OfferCall(
                spoken.ToRequest(_callId, _fromTag, null, null, request.Options, local, setting.Now) with
                {
                    Memo = OfferMemo.Write(_facts, request.Options.Codecs),
                    IsPublished = true,
                    TowardSpeaker = toward,
                    Describe = Describe,
                });
        }
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        if (_operation is null)
        {
            reply.WriteError(_error!);
        }
        else if (_operation.Refusal == Refusal.None)
        {
            reply.WriteOk(new OkReply
            {
                Sdp = _body,
                CallId = _callId,
                FromTag = _fromTag,
                Recordings = _operation.Recordings,
            });
        }
        else if (_operation.Refusal == Refusal.OwnAnswer)
        {
            reply.WriteError(NgErrors.WrongDirection);
        }
        else
        {
            Limits.Write(reply, _operation.Refusal, _request.SupportsLoadLimit);
        }
    }

    /// <summary>It is our own description: whoever asks, its version rises with each change of it (RFC 3264, section 8).</summary>
    private byte[]? Describe(CallOperation published, byte[] told)
    {
        ToldDescription? last = ToldDescription.Read(told);
        ToldDescription? now = last;
        var replace = new ReplaceOptions(false, SdpVersion: true, _request.Options.Replace.AlwaysVersion, false);
        _body = ToldDescription.Tell(Answer(_facts!, (CallOfferOperation)published).Write(), replace, ref now);
        return now == last ? null : now?.Write();
    }

    private SubscriptionOffer Answer(SdpFacts facts, CallOfferOperation published)
    {
        LinePort? first = published.Ports.FirstOrDefault(port => port is not null);
        LocalAddress local = first?.Address ?? _setting.Relay.Addresses.Default;
        return OwnDescription.Of(
            [.. facts.Media.Select((media, index) => Describe(facts, media, published.Ports[index]))],
            LocalAddresses.Shown(local, _setting.Relay.Addresses, facts.Media[0].Address),
            published.SessionNumber,
            offers: 1,
            _request.Options) with
        {
            IsAnswer = true,
        };
    }

    private static SubscriptionLine Describe(SdpFacts facts, SdpMediaFacts media, LinePort? port) => new(
        SdpExcerpt.Read(SdpExcerpt.Write(facts, media)),
        Listener: null,
        port is { } ours ? SdpMediaPorts.ForAnswer(ours.Number, ours.IsRtcpMuxed) : null,
        Label: null,
        IsSending: SdpTerms.Direction(media.Direction).Sends(),
        Refused: media);
}
