using System.Net;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.Ports;

/// <summary>One place in a worker's table of media sockets.</summary>
/// <param name="Handle">Null when the place is free.</param>
/// <param name="LocalAddress">What the socket is bound to.</param>
/// <param name="WantsDetails">Arrivals carry the kernel's time stamp and the exact local address.</param>
internal readonly record struct PortSocket(FdHandle? Handle, IPAddress? LocalAddress, bool WantsDetails)
{
    /// <summary>The number of <see cref="Handle"/>, at hand for the packet path; -1 when the place is free.</summary>
    public int Descriptor { get; } = Handle?.Number ?? -1;

    public static PortSocket Free => new(null, null, WantsDetails: false);

    public bool IsIPv6 => LocalAddress?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
