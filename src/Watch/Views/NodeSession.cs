using RtpProxy.Admin;

namespace RtpProxy.Watch.Views;

/// <summary>A session in full, and whose it is.</summary>
internal sealed record NodeSession(string Node, SessionDetail Session);
