namespace RtpProxy.Protocols.Ng.Options;

/// <summary>What a message asks of encryption and ICE (ng protocol, 9).</summary>
public sealed record CryptoOptions
{
    /// <summary>No option was given.</summary>
    public static readonly CryptoOptions None = new();

    public IceOption Ice { get; init; }

    /// <summary>Flag <c>reject-ICE</c>: not even with a party that offers it.</summary>
    public bool RejectsIce { get; init; }

    /// <summary>Flag <c>WebRTC</c>: all that a browser needs of an offer (9.6).</summary>
    public bool IsWebRtc { get; init; }

    public DtlsOption Dtls { get; init; }

    public SdesOptions Sdes { get; init; } = SdesOptions.None;

    /// <summary><c>OSRTP-accept</c> (9.4).</summary>
    public bool AcceptsOsrtp { get; init; }

    /// <summary><c>OSRTP-offer</c> (9.4).</summary>
    public bool OffersOsrtp { get; init; }
}
