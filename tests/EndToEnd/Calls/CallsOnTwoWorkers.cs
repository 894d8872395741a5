namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOnTwoWorkers(TwoWorkerSite site) : KamailioCalls(site), IClassFixture<TwoWorkerSite>;
