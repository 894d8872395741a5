namespace RtpProxy.EndToEnd.Calls;

/// <summary>Relays of two packet workers, controlled over UDP and IPv6.</summary>
public sealed class TwoWorkerSite() : KamailioSite("udp6", workers: 2);
