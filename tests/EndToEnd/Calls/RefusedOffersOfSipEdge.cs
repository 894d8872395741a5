namespace RtpProxy.EndToEnd.Calls;

public sealed class RefusedOffersOfSipEdge(EdgeSite site) : RefusedOffers(site), IClassFixture<EdgeSite>;
