namespace RtpProxy.Relay;

/// <summary>What became of a datagram that was given to <see cref="IPacketSink"/>.</summary>
public enum SendOutcome : byte
{
    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>No room to queue it, and none after some tries.</summary>
    NoRoom,

    /// <summary>There is no way to the address.</summary>
    Unreachable,

    /// <summary>A rule of the host forbids it, or the address is a broadcast address.</summary>
    NotPermitted,

    /// <summary>The port cannot send to such an address: another family, or a network that the port's address does not belong to.</summary>
    NotPossible,

    /// <summary>The datagram is longer than the way to the address allows.</summary>
    TooLong,

    /// <summary>The host there says that nobody listens at the port (ICMP). Told afterwards; the datagram itself was taken.</summary>
    PortClosed,
}
