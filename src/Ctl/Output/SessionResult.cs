namespace RtpProxy.Ctl.Output;

/// <summary>One medium of a call on one node.</summary>
/// <param name="Medium">The number behind the tag; 0 for a tag without one.</param>
/// <param name="Caller">Counters as seen from the party of the from-tag, by the protocol's names.</param>
/// <param name="Callee">The same from the other party.</param>
internal sealed record SessionResult(
    string Socket,
    string CallId,
    int Medium,
    string FromTag,
    IReadOnlyDictionary<string, decimal> Caller,
    IReadOnlyDictionary<string, decimal> Callee);
