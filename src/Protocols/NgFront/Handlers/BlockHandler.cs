using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>block media</c>, <c>silence media</c>, <c>block DTMF</c> and their opposites (ng protocol).</summary>
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

    public void Write(NgReplyWriter reply) => reply.WriteOkUnless(_operation.Refusal switch
    {
        Refusal.UnknownCall => _request.UnknownCall,
        Refusal.UnknownParty => _request.Party.NotFound,
        _ => _refusal,
    });

    private static MediaGates GateOf(BlockedMedia media) => media switch
    {
        BlockedMedia.Dtmf => MediaGates.Digits,
        BlockedMedia.Sound => MediaGates.Silence,
        _ => MediaGates.Media,
    };
}
