namespace RtpProxy.Relay.Playback;

/// <summary>A prompt in memory: raw codec frames without a header. Immutable; shared by any number of players.</summary>
/// <param name="Name">As the controller wrote it, without the suffix.</param>
/// <param name="PayloadType">RTP payload type of the frames.</param>
/// <param name="Frames">The whole file.</param>
public sealed record Prompt(string Name, byte PayloadType, ReadOnlyMemory<byte> Frames);
