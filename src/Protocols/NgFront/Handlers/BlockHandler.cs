using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>block media</c>, <c>silence media</c>, <c>block DTMF</c> and their opposites (ng protocol, section 3.7).</summary>
internal sealed class BlockHandler : INgHandler
{
    private readonly BlockRequest _request;
    private readonly string? _refusal;
    private readonly Operation _operation;

    public BlockHandler(BlockRequest request, in NgSetting setting)
    {
        _request = request;
        _refusal = request.FindRefusal();

        // An unknown call is the error that comes first.
        _operation = _refusal is null
            ? setting.Relay.SetGate(
                request.CallId,
                PartyChoices.Of(request.Party),
                GateOf(request.Media),
                request.IsBlocked)
            : setting.Relay.QueryCall(request.CallId);
    }

    public Operation? Operation => _operation;

    public void Write(NgReplyWriter reply)
    {
        switch (_operation.Refusal)
        {
            case Refusal.UnknownCall:
                reply.WriteError(_request.UnknownCall);
                break;
            case Refusal.UnknownParty:
                reply.WriteError(_request.Party.NotFound);
                break;
            default:
                reply.WriteOkUnless(_refusal);
                break;
        }
    }

    private static MediaGates GateOf(BlockedMedia media) => media switch
    {
        BlockedMedia.Dtmf => MediaGates.Digits,
        BlockedMedia.Sound => MediaGates.Silence,
        _ => MediaGates.Media,
    };
}
