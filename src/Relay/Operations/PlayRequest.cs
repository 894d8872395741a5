using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Operations;

/// <summary>A prompt for one party.</summary>
/// <param name="Prompt">The name of its files, without the payload type.</param>
/// <param name="Codecs">Payload types with commas between, best first; null for those that the listener's last offer or answer told.</param>
/// <param name="Count">How often; negative for ever, 0 only ends what is being played.</param>
public sealed record PlayRequest(string CallId, SessionTags Tags, string Prompt, string? Codecs, int Count);
