using RtpProxy.Relay.Calls;

namespace RtpProxy.Relay.Operations.Calls;

/// <summary>A media line as a subscriber is to be told of it.</summary>
/// <param name="Port">Ours, that it will hear from; null when the line is not wanted any more.</param>
/// <param name="Party">Who is heard; null when the party is gone.</param>
/// <param name="Index">Of the line in that party's description, from 0.</param>
/// <param name="Said">What that party said of it.</param>
/// <param name="Other">What the party said that hears it; null while nobody did.</param>
public sealed record HeardLine(LinePort? Port, CallParty? Party, int Index, MediaDescription Said, MediaDescription? Other);
