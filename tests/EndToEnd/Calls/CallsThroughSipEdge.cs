namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsThroughSipEdge(EdgeSite site) : ProxiedCalls(site), IClassFixture<EdgeSite>;
