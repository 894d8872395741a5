using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Forwarding;

/// <summary>
/// Says that all media of one session is also sent through another one, as recording servers use it (control protocol,
/// section 4.5).
/// </summary>
/// <param name="Source">The session whose parties are heard.</param>
/// <param name="Target">The session that carries the copy; its own parties are not heard.</param>
/// <param name="CallerHears">The side of the target that is sent what the source's caller is sent.</param>
public readonly record struct Fork(SessionId Source, SessionId Target, Side CallerHears)
{
    /// <summary>
    /// The target itself, for following packets from port to port; it may belong to another worker, and be gone by now.
    /// </summary>
    internal Session? Carrier { get; init; }

    /// <summary>The side of the target that is sent what <paramref name="listener"/> of the source is sent.</summary>
    public Side TowardFor(Side listener) => listener == Side.Caller ? CallerHears : CallerHears.Opposite();
}
