using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RtpProxy.Protocols.Ng.Encodings;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary>
/// Makes a request of a dictionary (ng protocol, 3): which keys a command needs, in the order in which they are missed, and
/// what they mean. Unknown keys, words and values are ignored, as both servers rely on.
/// </summary>
/// <remarks>Pure and safe for any thread; what it allocates is bounded by the dictionary.</remarks>
public static class NgRequestReader
{
    private const int LongestDelay = 86_400; // s; a call that is to end goes on for a day at most

    /// <summary>Longest metadata, in bytes: it is kept as long as the call.</summary>
    private const int MaxMetadataLength = 4_096;

    /// <summary>Reads a request.</summary>
    /// <param name="error">The text to answer when it is none; else null.</param>
    public static bool TryRead(
        NgDictionary dictionary,
        [NotNullWhen(true)] out NgRequest? request,
        [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = NgErrors.NoCommand;
        if (dictionary["command"].Text is not { } name)
        {
            return false;
        }

        error = NgErrors.UnknownCommand;
        if (NgCommandNames.Find(name) is not { } command)
        {
            return false;
        }

        var fields = new RequestFields();
        fields.Read(dictionary);
        NgRequest read = Make(command, fields);
        read.Command = command;
        error = FindFault(read, fields);
        request = error is null ? read : null;
        return request is not null;
    }

    // The first that is missing is told.
    private static string? FindFault(NgRequest request, RequestFields fields) => request switch
    {
        ListRequest { Limit: < 0 } => NgErrors.InvalidLimit,
        ExchangeRequest or PublishRequest when fields.Sdp is null => NgErrors.NoSdp,
        CallRequest when fields.CallId is null => NgErrors.NoCallId,
        ExchangeRequest when fields.FromTag is null => NgErrors.NoFromTag,
        AnswerRequest when fields.ToTag is null => NgErrors.NoToTag,
        CallRequest or PublishRequest => FindExcess(fields) ?? (TakesSdp(request) ? FindFaultOfSdp(fields.Sdp) : null),
        _ => null,
    };

    private static string? FindExcess(RequestFields fields) =>
        IsLong(fields.CallId) || IsLong(fields.FromTag) || IsLong(fields.ToTag) || IsLong(fields.ViaBranch)
            || IsLong(fields.Options.Label) || fields.Options.Metadata?.Length > MaxMetadataLength
        ? NgErrors.NameTooLong : null;

    /// <summary>For others it is a key that means nothing.</summary>
    private static bool TakesSdp(NgRequest request) => request is ExchangeRequest or PublishRequest or SubscribeAnswerRequest;

    private static string? FindFaultOfSdp(string? sdp) => sdp is { Length: 0 or > NgLimits.MaxSdpLength } ? NgErrors.BadSdp : null;

    // What a request cannot do without may still be missing in it; then nobody gets to see it.
    private static NgRequest Make(NgCommand command, RequestFields fields)
    {
        string callId = fields.CallId!;
        return command switch
        {
            NgCommand.Ping => new PingRequest(),
            NgCommand.Statistics => new StatisticsRequest(),
            NgCommand.List =>
                new ListRequest((int)Math.Clamp(fields.Limit ?? ListRequest.DefaultLimit, -1, int.MaxValue)),
            NgCommand.Offer => Offer(callId, fields),
            NgCommand.Answer => Answer(callId, fields),
            NgCommand.Delete => Delete(callId, fields),
            NgCommand.Query => new QueryRequest(callId, Named(fields.FromTag), Named(fields.ToTag)),
            NgCommand.StartRecording => Recording(callId, RecordingAction.Start, fields),
            NgCommand.StopRecording when !fields.HasPauseFlag && fields.Pause.Text is not ("yes" or "on") =>
                Recording(callId, RecordingAction.Stop, fields),
            NgCommand.StopRecording or NgCommand.PauseRecording => Recording(callId, RecordingAction.Pause, fields),
            NgCommand.StartForwarding or NgCommand.StopForwarding => new ForwardingRequest(callId),
            NgCommand.BlockMedia => Block(callId, BlockedMedia.All, isBlocked: true, fields),
            NgCommand.UnblockMedia => Block(callId, BlockedMedia.All, isBlocked: false, fields),
            NgCommand.SilenceMedia => Block(callId, BlockedMedia.Sound, isBlocked: true, fields),
            NgCommand.UnsilenceMedia => Block(callId, BlockedMedia.Sound, isBlocked: false, fields),
            NgCommand.BlockDtmf => Block(callId, BlockedMedia.Dtmf, isBlocked: true, fields),
            NgCommand.UnblockDtmf => Block(callId, BlockedMedia.Dtmf, isBlocked: false, fields),
            NgCommand.PlayMedia => PlayMedia(callId, fields),
            NgCommand.StopMedia => new StopMediaRequest(callId, Select(fields, needsDirectional: false)),
            NgCommand.PlayDtmf => PlayDtmf(callId, fields),
            NgCommand.SubscribeRequest => Subscribe(callId, fields),
            NgCommand.SubscribeAnswer => new SubscribeAnswerRequest(callId, fields.ToTag, fields.Sdp, fields.Options),
            NgCommand.Unsubscribe => new UnsubscribeRequest(callId, fields.ToTag),
            NgCommand.Publish => new PublishRequest(fields.Sdp!, fields.CallId, fields.FromTag, fields.Options)
            {
                SupportsLoadLimit = fields.SupportsLoadLimit,
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static OfferRequest Offer(string callId, RequestFields fields) =>
        new(fields.Sdp!, callId, fields.FromTag!, Named(fields.ToTag), Named(fields.ViaBranch), fields.Options)
        {
            SupportsLoadLimit = fields.SupportsLoadLimit,
        };

    private static AnswerRequest Answer(string callId, RequestFields fields) =>
        new(fields.Sdp!, callId, fields.FromTag!, fields.ToTag!, Named(fields.ViaBranch), fields.Options)
        {
            SupportsLoadLimit = fields.SupportsLoadLimit,
        };

    private static DeleteRequest Delete(string callId, RequestFields fields) =>
        new(callId, Named(fields.FromTag), Named(fields.ToTag), Named(fields.ViaBranch))
        {
            IsFatal = fields.IsFatal,
            IsFast = fields.IsFast,
            Delay = fields.DeleteDelay is >= 0 and { } delay ? TimeSpan.FromSeconds(Math.Min(delay, LongestDelay)) : null,
        };

    private static RecordingRequest Recording(string callId, RecordingAction action, RequestFields fields) =>
        new(callId, action) { Name = fields.Options.RecordingName };

    private static BlockRequest Block(string callId, BlockedMedia media, bool isBlocked, RequestFields fields)
    {
        bool isDtmf = media == BlockedMedia.Dtmf;
        bool endsIt = isDtmf && fields.DtmfSecurity is { } off && Spelling.AreSame(off, "off");
        bool replaces = fields.DtmfSecurity is { } mode && !endsIt && !Spelling.AreSame(mode, "drop");
        return new BlockRequest(callId, media, isBlocked && !endsIt, Select(fields, needsDirectional: true))
        {
            AsksForMore = fields.NamesFlow || (isDtmf && isBlocked && (replaces || fields.HasOtherDtmfOptions)),
        };
    }

    private static PlayMediaRequest PlayMedia(string callId, RequestFields fields) =>
        new(callId, Select(fields, needsDirectional: false), fields.File, Times(fields))
        {
            Blob = fields.Blob,
            RepeatDuration = Positive(fields.RepeatDuration),
            StartPosition = Math.Max(fields.StartPosition ?? 0, 0),
            AsksForDatabase = fields.HasDatabaseId && fields.File is null && fields.Blob is null,
        };

    private static SubscribeRequest Subscribe(string callId, RequestFields fields) =>
        new(callId, Select(fields, needsDirectional: false), Tags(fields), Named(fields.ToTag), fields.Options)
        {
            IsSiprec = fields.IsSiprec,
        };

    private static PlayDtmfRequest PlayDtmf(string callId, RequestFields fields) =>
        new(callId, Select(fields, needsDirectional: false), DtmfEvents.Parse(fields.Code))
        {
            Duration = TimeSpan.FromMilliseconds(Math.Clamp(fields.Duration ?? 250, 100, 5000)),
            Pause = TimeSpan.FromMilliseconds(Math.Clamp(fields.Pause.Number ?? 100, 100, 5000)),
            Volume = (byte)Math.Abs(Math.Clamp(fields.Volume ?? 8, -63, 63)),
        };

    private static PartySelection Select(RequestFields fields, bool needsDirectional)
    {
        if (fields.IsAll)
        {
            return new PartySelection(PartySelector.All, string.Empty, null);
        }

        if (fields.Options.Label is { } label)
        {
            return new PartySelection(PartySelector.Label, label, null);
        }

        if (fields.Address is { } text)
        {
            return new PartySelection(PartySelector.Address, string.Empty, AddressText.Parse(text));
        }

        return fields.FromTag is { } tag && (fields.IsDirectional || !needsDirectional)
            ? new PartySelection(PartySelector.Tag, tag, null)
            : new PartySelection(PartySelector.None, string.Empty, null);
    }

    private static ImmutableArray<string> Tags(RequestFields fields) =>
        [.. fields.FromTags.Items.Select(item => item.Text).OfType<string>(), .. fields.FromTagWords ?? []];

    private static int? Times(RequestFields fields) =>
        fields.RepeatTimes is { } times ? (int)Math.Clamp(times, 1, int.MaxValue) : Positive(fields.RepeatDuration) is null ? 1 : null;

    private static TimeSpan? Positive(long? milliseconds) =>
        milliseconds > 0 ? TimeSpan.FromMilliseconds(Math.Min(milliseconds.Value, int.MaxValue)) : null;

    private static string? Named(string? name) => string.IsNullOrEmpty(name) ? null : name;

    private static bool IsLong(string? name) => name?.Length > NgLimits.MaxNameLength;
}
