using RtpProxy.Admin;

namespace RtpProxy.Watch.Views;

/// <summary>Something that happened to a call, and at whose.</summary>
internal sealed record NodeEvent(string Node, EventNotice Event);
