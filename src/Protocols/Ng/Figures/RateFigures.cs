namespace RtpProxy.Protocols.Ng.Figures;

/// <summary>What is relayed in a second at present.</summary>
public readonly record struct RateFigures(long Packets, long Bytes, long Errors);
