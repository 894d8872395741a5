namespace RtpProxy.Admin;

/// <summary>Datagrams that came to a party's port and were refused.</summary>
/// <param name="Source">Of the last one.</param>
/// <param name="Reason">Of the last one: <c>UnknownSource</c> …</param>
public sealed record RefusedDetail(string Source, ulong Count, DateTimeOffset LastAt, string Reason);
