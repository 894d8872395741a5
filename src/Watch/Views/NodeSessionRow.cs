using RtpProxy.Admin;

namespace RtpProxy.Watch.Views;

/// <summary>A session in a list, and whose it is.</summary>
internal sealed record NodeSessionRow(string Node, SessionRow Session);
