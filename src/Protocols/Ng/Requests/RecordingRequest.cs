using RtpProxy.Protocols.Ng.Options;

namespace RtpProxy.Protocols.Ng.Requests;

/// <summary><c>start recording</c>, <c>stop recording</c>, <c>pause recording</c>: of the whole call (ng protocol, 8.6).</summary>
public sealed record RecordingRequest(string CallId, RecordingAction Action) : CallRequest(CallId)
{
    public RecordingName Name { get; init; }

    public override string UnknownCall => NgErrors.UnknownCallId;

    public override string? FindRefusal() => Name.FindRefusal();
}
