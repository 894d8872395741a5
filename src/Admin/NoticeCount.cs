namespace RtpProxy.Admin;

/// <summary>What became of notifications.</summary>
/// <param name="Target">As it is configured.</param>
/// <param name="Result"><c>sent</c> or <c>lost</c>.</param>
public sealed record NoticeCount(string Target, string Result, ulong Count);
