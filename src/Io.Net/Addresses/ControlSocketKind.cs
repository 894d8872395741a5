namespace RtpProxy.Io.Net.Addresses;

/// <summary>The kinds of control socket (control protocol, section 1.1).</summary>
public enum ControlSocketKind
{
    /// <summary>A Unix stream socket, one command per connection.</summary>
    Unix,

    /// <summary>A Unix stream socket, a command per line.</summary>
    ConnectedUnix,

    /// <summary>TCP over IPv4, a command per line.</summary>
    Tcp,

    /// <summary>TCP over IPv6, a command per line.</summary>
    Tcp6,

    /// <summary>UDP over IPv4, cookie and command in a datagram.</summary>
    Udp,

    /// <summary>UDP over IPv6, cookie and command in a datagram.</summary>
    Udp6,

    /// <summary>Standard input and output, a command per line.</summary>
    Stdio,

    /// <summary>As <see cref="Stdio"/>, and the end of input always ends the daemon.</summary>
    ClosingStdio,

    /// <summary>A listening stream socket inherited through systemd's socket activation, a command per line.</summary>
    Systemd,
}
