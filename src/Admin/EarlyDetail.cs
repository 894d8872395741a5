namespace RtpProxy.Admin;

/// <summary>RTP that came to a party's port before both parties had one, so that it could go nowhere.</summary>
/// <param name="Source">Of the last packet; nobody has found out whether that is the party.</param>
/// <param name="Count">Packets.</param>
public sealed record EarlyDetail(string Source, ulong Count, DateTimeOffset LastAt);
