namespace RtpProxy.Io.Net.Hep;

/// <summary>How packets get to a collector.</summary>
public enum HepTransport
{
    Udp,

    /// <summary>One behind the other.</summary>
    Tcp,

    /// <summary>As <see cref="Tcp"/>, to a collector whose certificate the system trusts for its name.</summary>
    Tls,
}
