using System.Collections.Immutable;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.NgFront.Descriptions;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using OfferRequest = RtpProxy.Protocols.Ng.Requests.OfferRequest;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>offer</c> (ng protocol).</summary>
internal sealed class OfferHandler : INgHandler
{
    private readonly OfferRequest _request;
    private readonly NgSetting _setting;
    private readonly SdpFacts? _facts;
    private readonly LocalAddresses? _local;
    private readonly string? _error;
    private readonly CallOfferOperation? _operation;
    private string? _body;

    public OfferHandler(OfferRequest request, in NgSetting setting)
    {
        _request = request;
        _setting = setting;
        _error = request.FindRefusal();
        if (_error is not null || request.Options.IsIceFragment || !SdpFacts.TryRead(request.Sdp, out _facts, out _error) || IsOwn)
        {
            return;
        }

        _facts = request.Options.RemovedMedia.IsEmpty ? _facts : _facts.Refusing(request.Options.RemovedMedia);
        _error = SdpRefusals.OfOffer(_facts, request.Options.Profile) ?? SdpRefusals.OfLength(_facts, request.Options.Attributes);
        if (_error is null && LocalAddresses.TryFind(request.Options, _facts, setting, out _local, out _error)
            && SpokenMedia.TryRead(_facts, request.Options, setting, out SpokenMedia? spoken, out _error))
        {
            _operation = setting.Relay.OfferCall(spoken.ToRequest(
                request.CallId, request.FromTag, request.ToTag, request.ViaBranch, request.Options, _local, setting.Now) with
            {
                Memo = OfferMemo.Write(_facts, request.Options.Codecs),
                Describe = Describe,
            });
        }
    }

    public Operation? Operation => _operation;

    /// <summary>It has come round to us again: hands off.</summary>
    private bool IsOwn => _request.Options.LoopProtect && _facts!.HasLoopMark(_setting.Mark);

    public void Write(NgReplyWriter reply)
    {
        if (_error is { Length: > 0 })
        {
            reply.WriteError(_error);
        }
        else if (_operation is null)
        {
            reply.WriteOk(new OkReply { Sdp = _facts is null ? null : _request.Sdp });
        }
        else if (_operation.Refusal == Refusal.None)
        {
            reply.WriteOk(new OkReply { Sdp = _body, Recordings = _operation.Recordings });
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

    private SdpMediaPorts PortsOf(int index, LinePort port) => SdpMediaPorts.ForOffer(
        port.Number, RtcpMuxOffer.Decide(_request.Options.RtcpMux, _facts!.Media[index].HasRtcpMux, port.IsRtcpMuxed));

    private byte[]? Describe(CallOperation offer, byte[] told)
    {
        ToldDescription? last = ToldDescription.Read(told);
        ToldDescription? now = last;
        _body = ToldDescription.Tell(Rewritten(_facts!, offer), _request.Options.Replace, ref now);
        return now == last ? null : now?.Write();
    }

    private string Rewritten(SdpFacts facts, CallOperation offer)
    {
        SdpRewriting plan = RewritingPlan.Of(facts, _request.Options, offer, _local!.NewTowardOther, _setting, PortsOf) with
        {
            Profile = _request.Options.Profile,
            KeptProfiles = [.. facts.Media.Select((media, i) => Kept(media.Profile, SaidOf(offer.SpokenBefore, i), SaidOf(offer.OtherMedia, i)))],
            GeneratesMid = _request.Options.GenerateMid,
        };
        return SdpRewriter.Rewrite(facts, plan).Body;
    }

    /// <summary>Who speaks the profile that it spoke before does not ask the other party for another one than that speaks.</summary>
    private static SdpProfile Kept(SdpProfile now, SdpProfile before, SdpProfile other) =>
        now == before && now.IsSecure() == other.IsSecure() && now.IsDtls() == other.IsDtls() ? other : SdpProfile.None;

    private static SdpProfile SaidOf(ImmutableArray<MediaDescription> media, int index) =>
        index < media.Length ? SdpProfiles.Find(media[index].Protocol) : SdpProfile.None;
}
