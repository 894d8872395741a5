namespace RtpProxy.Controller.Relays;

/// <summary>How a node is spoken to (control protocol, section 1.1), under the prefixes of its address.</summary>
public enum RelayTransport
{
    /// <summary><c>udp:</c>, datagrams over IPv4, paired by cookies and repeated when lost.</summary>
    Udp,

    /// <summary><c>udp6:</c>, the same over IPv6.</summary>
    Udp6,

    /// <summary><c>unix:</c>, a Unix stream connection for each command.</summary>
    Unix,

    /// <summary><c>cunix:</c>, one Unix stream connection that is kept.</summary>
    CUnix,

    /// <summary><c>tcp:</c>, one TCP connection over IPv4 that is kept.</summary>
    Tcp,

    /// <summary><c>tcp6:</c>, the same over IPv6.</summary>
    Tcp6,
}
