namespace RtpProxy.EndToEnd.Calls;

/// <summary>Kamailio speaks over a Unix socket, one connection per command, to relays of one worker.</summary>
public sealed class UnixSite() : KamailioSite("unix", workers: 1);
