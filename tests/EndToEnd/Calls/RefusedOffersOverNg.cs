namespace RtpProxy.EndToEnd.Calls;

public sealed class RefusedOffersOverNg(NgSite site) : RefusedOffers(site), IClassFixture<NgSite>;
