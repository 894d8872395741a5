using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary><c>play media</c> and <c>stop media</c> (ng protocol, section 3.8), of prompts in the prompt directory.</summary>
internal sealed class PlayHandler : INgHandler
{
    private readonly CallRequest _request;
    private readonly PartySelection _party;
    private readonly string? _refusal;
    private readonly Operation _operation;

    public PlayHandler(PlayMediaRequest request, in NgSetting setting)
        : this(request, request.Party, request.FindRefusal() ?? (IsInside(request.File) ? null : NgErrors.MediaFileFailed), setting, request)
    {
    }

    public PlayHandler(StopMediaRequest request, in NgSetting setting)
        : this(request, request.Party, request.FindRefusal(), setting, play: null)
    {
    }

    private PlayHandler(
        CallRequest request, PartySelection party, string? refusal, in NgSetting setting, PlayMediaRequest? play)
    {
        _request = request;
        _party = party;
        _refusal = refusal;
        _operation = refusal is null
            ? setting.Relay.PlayToCall(request.CallId, PartyChoices.Of(party), play?.File, play?.RepeatTimes ?? 0)
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
            case Refusal.UnknownParty:
                reply.WriteError(_party.NotFound);
                break;
            case Refusal.None:
                reply.WriteOkUnless(_refusal);
                break;
            default:
                reply.WriteError(NgErrors.MediaFileFailed);
                break;
        }
    }

    /// <summary>A controller names files below the prompt directory only.</summary>
    private static bool IsInside(string? file) =>
        file is { Length: > 0 } && file[0] != '/' && !file.Split('/').Contains("..") && !file.Contains('\0', StringComparison.Ordinal);
}
