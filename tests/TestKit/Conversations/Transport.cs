namespace RtpProxy.TestKit.Conversations;

/// <summary>The kinds of control socket, under the prefixes of <c>-s</c>.</summary>
public enum Transport
{
    Stdio,
    Cunix,
    Tcp,
    Tcp6,
    Systemd,

    /// <summary>One command for each connection.</summary>
    Unix,

    Udp,
    Udp6,
}
