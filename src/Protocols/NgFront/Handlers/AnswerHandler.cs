using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Protocols.NgFront.Descriptions;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using AnswerRequest = RtpProxy.Protocols.Ng.Requests.AnswerRequest;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>answer</c> (ng protocol).</summary>
internal sealed class AnswerHandler : INgHandler
{
    private readonly AnswerRequest _request;
    private readonly NgSetting _setting;
    private readonly SdpFacts? _facts;
    private readonly LocalAddresses? _local;
    private readonly string? _error;
    private readonly CallAnswerOperation? _operation;
    private string? _body;

    public AnswerHandler(AnswerRequest request, in NgSetting setting)
    {
        _request = request;
        _setting = setting;
        _error = request.FindRefusal();
        if (_error is not null || !SdpFacts.TryRead(request.Sdp, out _facts, out _error) || IsOwn)
        {
            return;
        }

        _error = SdpRefusals.OfLength(_facts, request.Options.Attributes);
        if (_error is null && LocalAddresses.TryFind(request.Options, _facts, setting, out _local, out _error)
            && SpokenMedia.TryRead(_facts, request.Options, setting, out SpokenMedia? spoken, out _error))
        {
            _operation = setting.Relay.AnswerCall(spoken.ToRequest(
                request.CallId, request.FromTag, request.ToTag, request.ViaBranch, request.Options, _local, setting.Now) with
            {
                Fits = Fits,
                Describe = Describe,
            });
        }
    }

    public Operation? Operation => _operation;

    private bool IsOwn => _request.Options.LoopProtect && _facts!.HasLoopMark(_setting.Mark);

    public void Write(NgReplyWriter reply)
    {
        if (_error is { Length: > 0 })
        {
            reply.WriteError(_error);
            return;
        }

        switch (_operation?.Refusal)
        {
            case null:
                reply.WriteOk(new OkReply { Sdp = _request.Sdp });
                break;
            case Refusal.None:
                reply.WriteOk(new OkReply { Sdp = _body, Recordings = _operation.Recordings });
                break;
            case Refusal.UnknownCall:
                reply.WriteError(_request.UnknownCall);
                break;
            case Refusal.UnknownParty:
                reply.WriteError(NgErrors.UnknownFromTag);
                break;
            case Refusal.NotWanted:
                reply.WriteError(NgErrors.NoSrtp);
                break;
            case Refusal.OwnAnswer:
                reply.WriteError(NgErrors.WrongDirection);
                break;
            default:
                Limits.Write(reply, _operation.Refusal, _request.SupportsLoadLimit);
                break;
        }
    }

    private static SdpMediaPorts PortsOf(int index, LinePort port) => SdpMediaPorts.ForAnswer(port.Number, port.IsRtcpMuxed);

    /// <summary>Media that one party encrypts and the other does not cannot pass.</summary>
    private bool Fits(byte[] memo) =>
        OfferMemo.Read(memo) is not { } offered || SdpRefusals.OfAnswer(_facts!, offered) is null;

    /// <summary>What the offer wanted to be sent (<c>ptime-reverse</c>); it is the same for all lines.</summary>
    private static int? PtimeToward(CallOperation answer) =>
        answer.OtherMedia.Select(media => media.PtimeTowardMilliseconds).FirstOrDefault(ptime => ptime > 0) is > 0 and var ptime ? ptime : null;

    private byte[]? Describe(CallOperation answer, byte[] told)
    {
        ToldDescription? last = ToldDescription.Read(told);
        ToldDescription? now = last;
        _body = ToldDescription.Tell(Rewritten(_facts!, answer), _request.Options.Replace, ref now);
        return now == last ? null : now?.Write();
    }

    private string Rewritten(SdpFacts facts, CallOperation answer)
    {
        SdpRewriting plan = RewritingPlan.Of(facts, _request.Options, answer, _local!.NewTowardOther, _setting, PortsOf) with
        {
            Answers = OfferMemo.Read(answer.OtherMemo),
            Ptime = _request.Options.Ptime ?? PtimeToward(answer),
            AcceptsProfile = _request.Options.AcceptsProfile,
        };
        return SdpRewriter.Rewrite(facts, plan).Body;
    }
}
