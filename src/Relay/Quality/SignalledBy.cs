namespace RtpProxy.Relay.Quality;

/// <summary>By whose word a party is where it is said to be.</summary>
public enum SignalledBy : byte
{
    /// <summary>Nobody has said.</summary>
    Nobody,

    /// <summary>An offer: <c>U</c> of the RTPproxy protocol.</summary>
    Offer,

    /// <summary>An answer: <c>L</c>.</summary>
    Answer,
}
