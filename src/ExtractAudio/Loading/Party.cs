namespace RtpProxy.ExtractAudio.Loading;

/// <summary>Who a packet is from: sources of different parties are never the same, even if their identifiers are.</summary>
internal readonly record struct Party(int Number);
