namespace RtpProxy.Media.Prompts;

/// <summary>The equal packets that a prompt is cut into.</summary>
/// <param name="Milliseconds">Duration, and time between two of them.</param>
/// <param name="PayloadBytes">Bytes taken from the file for each.</param>
/// <param name="TimestampUnits">Step of the RTP timestamp between two of them.</param>
public readonly record struct PromptPacket(int Milliseconds, int PayloadBytes, int TimestampUnits);
