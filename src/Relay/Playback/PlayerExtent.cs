namespace RtpProxy.Relay.Playback;

/// <summary>Which part of a prompt is played; by default all.</summary>
/// <param name="Start">Where the first round begins, in bytes of the frames, at the beginning of one.</param>
/// <param name="MaxMilliseconds">All rounds end after so long; null for no such end.</param>
internal readonly record struct PlayerExtent(int Start = 0, int? MaxMilliseconds = null);
