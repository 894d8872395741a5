namespace RtpProxy.Rtp;

/// <summary>Who can reach an address in a session description.</summary>
public enum Reach : byte
{
    /// <summary>Everybody: a party that signals it is on that host, or behind a NAT that its proxy has seen through.</summary>
    Public,

    /// <summary>Its own network only: seen from elsewhere, its owner may be anywhere.</summary>
    Private,

    /// <summary>Its own machine only.</summary>
    Loopback,
}
