namespace RtpProxy.Relay.Sessions;

/// <summary>One media line of one call: Call-ID, the tag of the party that offered, and the two legs.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public sealed class Session
{
    public required SessionId Id { get; init; }

    public required string CallId { get; init; }

    /// <summary>From-tag of the creating <c>U</c>, media number included.</summary>
    public required string Tag { get; init; }

    public required Leg Caller { get; init; }

    public required Leg Callee { get; init; }
}
