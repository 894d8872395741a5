using System.Runtime.InteropServices;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>socket(2), ip(7), ipv6(7), unix(7). The constants are those of Linux on x86-64 and arm64.</summary>
internal static unsafe partial class LibC
{
    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int AF_INET6 = 10;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOCK_SEQPACKET = 5;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_CLOEXEC = 0x80000;

    public const int SOL_SOCKET = 1;
    public const int SO_RCVBUF = 8;
    public const int SO_SNDBUF = 7;
    public const int SO_PEERCRED = 17;
    public const int SO_TIMESTAMPNS = 35;
    public const int SCM_TIMESTAMPNS = SO_TIMESTAMPNS;
    public const int SCM_RIGHTS = 1;

    public const int IPPROTO_TCP = 6;
    public const int TCP_NODELAY = 1;

    public const int IPPROTO_IP = 0;
    public const int IP_TOS = 1;
    public const int IP_PKTINFO = 8;

    public const int IP_RECVERR = 11;

    public const int IPPROTO_IPV6 = 41;
    public const int IPV6_RECVERR = 25;
    public const int IPV6_V6ONLY = 26;
    public const int IPV6_RECVPKTINFO = 49;
    public const int IPV6_PKTINFO = 50;

    public const int MSG_CTRUNC = 0x8;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_ERRQUEUE = 0x2000;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int MSG_CMSG_CLOEXEC = 0x40000000;

    public const int SHUT_WR = 1;

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* sv);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(int sockfd, void* addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int listen(int sockfd, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int connect(int sockfd, void* addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockname(int sockfd, void* addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getpeername(int sockfd, void* addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockopt(int sockfd, int level, int optname, void* optval, uint* optlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setsockopt(int sockfd, int level, int optname, void* optval, uint optlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvfrom(int sockfd, byte* buf, nint len, int flags, SockAddr* src_addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvmsg(int sockfd, msghdr* msg, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(int sockfd, msghdr* msg, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendto(int sockfd, byte* buf, nint len, int flags, SockAddr* dest_addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial FdHandle accept4(SafeHandle sockfd, SockAddr* addr, uint* addrlen, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recv(SafeHandle sockfd, byte* buf, nint len, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint send(SafeHandle sockfd, byte* buf, nint len, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvfrom(SafeHandle sockfd, byte* buf, nint len, int flags, SockAddr* src_addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendto(SafeHandle sockfd, byte* buf, nint len, int flags, SockAddr* dest_addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int shutdown(SafeHandle sockfd, int how);

    /// <summary>Who listens, seen from a connected Unix socket: unix(7).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ucred
    {
        public int pid;
        public uint uid;
        public uint gid;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct iovec
    {
        public void* iov_base;
        public nint iov_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct msghdr
    {
        public void* msg_name;
        public uint msg_namelen;
        public iovec* msg_iov;
        public nint msg_iovlen;
        public void* msg_control;
        public nint msg_controllen;
        public int msg_flags;
    }

    public const byte SO_EE_ORIGIN_ICMP = 2;
    public const byte SO_EE_ORIGIN_ICMP6 = 3;

    /// <summary>What became of an earlier datagram: ip(7), IP_RECVERR. Who told it follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct sock_extended_err
    {
        public uint ee_errno;
        public byte ee_origin;
        public byte ee_type;
        public byte ee_code;
        public byte ee_pad;
        public uint ee_info;
        public uint ee_data;
    }

    /// <summary>Each block of control data begins with this and is padded to 8 bytes; cmsg(3).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct cmsghdr
    {
        public nint cmsg_len;
        public int cmsg_level;
        public int cmsg_type;
    }
}
