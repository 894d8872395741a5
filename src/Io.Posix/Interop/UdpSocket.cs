using System.Net;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>Opens and tunes the sockets of media ports (media rules, section 1.3).</summary>
internal static unsafe class UdpSocket
{
    /// <summary>What is asked of the kernel, which grants twice of it for its own bookkeeping, or less by sysctl.</summary>
    public const int ReceiveBufferBytes = 262_144;

    /// <summary>A non-blocking socket, not yet bound; invalid with the reason in <paramref name="errno"/>.</summary>
    public static FdHandle Open(bool ipv6, byte? tos, int receiveBufferBytes, out Errno errno)
    {
        FdHandle handle = LibC.socket(
            ipv6 ? LibC.AF_INET6 : LibC.AF_INET, LibC.SOCK_DGRAM | LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC, 0);
        errno = handle.IsInvalid ? LibC.LastErrno : Errno.None;
        if (handle.IsInvalid)
        {
            return handle;
        }

        // A kernel that refuses one of these still relays: none of them is worth failing a call.
        TrySet(handle, LibC.SOL_SOCKET, LibC.SO_RCVBUF, receiveBufferBytes);
        if (ipv6)
        {
            TrySet(handle, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, 1);
        }
        else if (tos is { } value)
        {
            TrySetTos(handle, value);
        }

        return handle;
    }

    public static Errno Bind(FdHandle socket, IPAddress address, int port)
    {
        SockAddr local = SockAddr.From(Endpoint.From(address, port), out uint length);
        return LibC.bind(socket.Number, &local, length) == 0 ? Errno.None : LibC.LastErrno;
    }

    /// <summary>Whether it is a datagram socket with exactly this local address and port.</summary>
    public static bool IsBoundTo(FdHandle socket, IPAddress address, int port)
    {
        SockAddr local;
        uint length = SockAddr.Size;
        return LibC.getsockname(socket.Number, &local, &length) == 0 && local.ToEndpoint() == Endpoint.From(address, port);
    }

    public static bool TrySetTos(FdHandle socket, byte tos) => TrySet(socket, LibC.IPPROTO_IP, LibC.IP_TOS, tos);

    /// <summary>Lets datagrams come with the kernel's arrival time and the address they were sent to.</summary>
    public static void SetDetails(FdHandle socket, bool ipv6, bool wanted)
    {
        int flag = wanted ? 1 : 0;
        TrySet(socket, LibC.SOL_SOCKET, LibC.SO_TIMESTAMPNS, flag);
        if (ipv6)
        {
            TrySet(socket, LibC.IPPROTO_IPV6, LibC.IPV6_RECVPKTINFO, flag);
        }
        else
        {
            TrySet(socket, LibC.IPPROTO_IP, LibC.IP_PKTINFO, flag);
        }
    }

    /// <summary>
    /// What networks tell of datagrams that did not arrive (ICMP) is kept for who asks. It makes one later call fail besides, whatever
    /// that is for: it is to be repeated.
    /// </summary>
    public static void KeepErrors(FdHandle socket, bool ipv6) =>
        TrySet(socket, ipv6 ? LibC.IPPROTO_IPV6 : LibC.IPPROTO_IP, ipv6 ? LibC.IPV6_RECVERR : LibC.IP_RECVERR, 1);

    private static bool TrySet(FdHandle socket, int level, int option, int value) =>
        LibC.setsockopt(socket.Number, level, option, &value, sizeof(int)) == 0;
}
