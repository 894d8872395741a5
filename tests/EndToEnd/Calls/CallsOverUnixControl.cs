namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOverUnixControl(UnixSite site) : KamailioCalls(site), IClassFixture<UnixSite>;
