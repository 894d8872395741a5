namespace RtpProxy.Io.Net.Addresses;

/// <summary>A Unix stream socket that another program listens on; a controller may also name its bare path.</summary>
public sealed record UnixNotifySocket(string Path) : NotifySocket("unix:" + Path);
