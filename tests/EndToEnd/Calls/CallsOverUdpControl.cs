namespace RtpProxy.EndToEnd.Calls;

public sealed class CallsOverUdpControl(UdpSite site) : KamailioCalls(site), IClassFixture<UdpSite>;
