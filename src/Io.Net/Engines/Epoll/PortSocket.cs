using System.Net;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>One place in an engine's table of media sockets; the default is a free one.</summary>
/// <param name="Handle">Null when the place is free.</param>
/// <param name="LocalAddress">What the socket is bound to.</param>
/// <param name="IsHeard">It is read from; else it only sends copies.</param>
/// <param name="WantsDetails">Arrivals carry the kernel's time stamp and the exact local address.</param>
internal readonly record struct PortSocket(FdHandle? Handle, IPAddress? LocalAddress, bool IsHeard, bool WantsDetails)
{
    // One more than the number, so that nobody takes an empty place for descriptor 0, which is standard input.
    private readonly int _next = Handle is null ? 0 : Handle.Number + 1;

    /// <summary>The number of <see cref="Handle"/>, at hand for the packet path; -1 when the place is free.</summary>
    public int Descriptor => _next - 1;

    public bool IsIPv6 => LocalAddress?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
