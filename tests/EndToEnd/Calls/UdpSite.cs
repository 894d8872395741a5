namespace RtpProxy.EndToEnd.Calls;

/// <summary>Kamailio speaks over UDP, with cookies, to relays of one worker.</summary>
public sealed class UdpSite() : KamailioSite("udp", workers: 1);
