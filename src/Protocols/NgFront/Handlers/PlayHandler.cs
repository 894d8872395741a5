using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using CallRequest = RtpProxy.Protocols.Ng.Requests.CallRequest;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary>
/// <c>play media</c> and <c>stop media</c> (ng protocol, section 3.8), of prompts and WAV files in the prompt directory, or of a WAV file
/// in the message.
/// </summary>
internal sealed class PlayHandler : INgHandler
{
    private readonly CallRequest _request;
    private readonly PartySelection _party;
    private readonly string? _refusal;
    private readonly CallPlayOperation? _play;
    private readonly Operation _operation;

    public PlayHandler(PlayMediaRequest request, in NgSetting setting)
        : this(request, request.Party, request.FindRefusal() ?? (CanBePlayed(request) ? null : NgErrors.MediaFileFailed), setting, Asked(request))
    {
    }

    public PlayHandler(StopMediaRequest request, in NgSetting setting)
        : this(request, request.Party, request.FindRefusal(), setting, play: null)
    {
    }

    private PlayHandler(CallRequest request, PartySelection party, string? refusal, in NgSetting setting, CallPlayRequest? play)
    {
        _request = request;
        _party = party;
        _refusal = refusal;
        _play = refusal is null ? setting.Relay.PlayToCall(request.CallId, PartyChoices.Of(party), play) : null;
        _operation = _play ?? (Operation)setting.Relay.QueryCall(request.CallId); // an unknown call is the error that comes first
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
            case Refusal.None when _play is not null:
                reply.WriteOk(new OkReply
                {
                    Duration = _request is PlayMediaRequest ? TimeSpan.FromMilliseconds(_play.Milliseconds) : null,
                    LastFramePosition = _request is StopMediaRequest ? _play.NextSample : null,
                });
                break;
            case Refusal.None:
                reply.WriteOkUnless(_refusal);
                break;
            default:
                reply.WriteError(NgErrors.MediaFileFailed);
                break;
        }
    }

    /// <summary>What comes in a message has no name: nobody finds it again.</summary>
    private static CallPlayRequest Asked(PlayMediaRequest request) => new(request.File ?? "", request.RepeatTimes ?? -1)
    {
        File = request.File is null ? request.Blob : default(ReadOnlyMemory<byte>),
        StartSample = request.StartPosition,
        MaxMilliseconds = (int?)request.RepeatDuration?.TotalMilliseconds,
    };

    private static bool CanBePlayed(PlayMediaRequest request) =>
        request.File is null ? request.Blob is { Length: > 0 } : IsInside(request.File);

    /// <summary>A controller names files below the prompt directory only.</summary>
    private static bool IsInside(string file) =>
        file.Length > 0 && file[0] != '/' && !file.Split('/').Contains("..") && !file.Contains('\0', StringComparison.Ordinal);
}
