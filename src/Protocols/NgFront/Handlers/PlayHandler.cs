using System.Text;
using RtpProxy.Protocols.Ng;
using RtpProxy.Protocols.Ng.Replies;
using RtpProxy.Protocols.Ng.Requests;
using RtpProxy.Protocols.Ng.Sdp;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Operations.Calls;
using CallRequest = RtpProxy.Protocols.Ng.Requests.CallRequest;

namespace RtpProxy.Protocols.NgFront.Handlers;

/// <summary>
/// <c>play media</c> and <c>stop media</c> (docs/ng.md, what is played), of prompts and WAV files in the prompt directory, or of a WAV file
/// in the message.
/// </summary>
internal sealed class PlayHandler : INgHandler
{
    // ms; a party's own wish neither makes us send a packet every millisecond, nor one that is too large for the network.
    private const int UsualPacket = 20;
    private const int ShortestPacket = 10;
    private const int LongestPacket = 100;

    private readonly CallRequest _request;
    private readonly PartySelection _party;
    private readonly string? _refusal;
    private readonly CallPlayOperation? _play;
    private readonly Operation _operation;

    public PlayHandler(PlayMediaRequest request, in NgSetting setting)
        : this(request, request.Party, request.FindRefusal(), setting, Asked(request, setting.Settings.PromptDirectory))
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
        _refusal = refusal ?? (request is PlayMediaRequest && play is null ? NgErrors.MediaFileFailed : null);
        _play = _refusal is null ? setting.Relay.PlayToCall(request.CallId, PartyChoices.Of(party), play) : null;
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

    /// <summary>Null for what cannot be played. What comes in a message has no name: nobody finds it again.</summary>
    private static CallPlayRequest? Asked(PlayMediaRequest request, string? directory)
    {
        string? name = request.File is { } file ? Locate(file, directory) : request.Blob is { Length: > 0 } ? "" : null;
        return name is null ? null : new CallPlayRequest(name, request.RepeatTimes ?? -1)
        {
            File = request.File is null ? request.Blob : default(ReadOnlyMemory<byte>),
            StartSample = request.StartPosition,
            PacketMillisecondsOf = PacketMilliseconds,
            MaxMilliseconds = (int?)request.RepeatDuration?.TotalMilliseconds,
        };
    }

    /// <summary>As the listener said (<c>a=ptime</c>); else what RFC 3551 takes for usual, as does rtpengine.</summary>
    private static int PacketMilliseconds(byte[]? excerpt) =>
        Math.Clamp(SdpExcerpt.Read(excerpt)?.Media[0].Ptime ?? UsualPacket, ShortestPacket, LongestPacket);

    /// <summary>A controller names files below the prompt directory only, with or without its path; null for others.</summary>
    private static string? Locate(string file, string? directory)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal) || file.Split('/').Contains(".."))
        {
            return null;
        }

        // A name of a message is bytes, one to one.
        string? above = directory is null ? null : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(directory)) + "/";
        return file[0] != '/' ? above + file
            : above is not null && file.StartsWith(above, StringComparison.Ordinal) ? file
            : null;
    }
}
