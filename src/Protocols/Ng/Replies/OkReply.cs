namespace RtpProxy.Protocols.Ng.Replies;

/// <summary>What a reply <c>ok</c> carries beside its result; what is null or empty is left out.</summary>
public sealed record OkReply
{
    /// <summary>The rewritten session description of an offer or answer, bytes one to one.</summary>
    public string? Sdp { get; init; }

    /// <summary>Of <c>publish</c>: the call, given or invented.</summary>
    public string? CallId { get; init; }

    /// <summary>Of <c>publish</c>: who sends.</summary>
    public string? FromTag { get; init; }

    /// <summary>Something that was not as expected, for the client's log.</summary>
    public string? Warning { get; init; }

    /// <summary>Files that the call is being recorded to (ng protocol, 8.6).</summary>
    public IReadOnlyList<string> Recordings { get; init; } = [];

    /// <summary>Of <c>play media</c>: the length of the file.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Of <c>stop media</c>: how many samples were played.</summary>
    public long? LastFramePosition { get; init; }
}
