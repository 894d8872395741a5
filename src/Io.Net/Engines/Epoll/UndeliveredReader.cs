using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>Takes from a socket's error queue what networks told of datagrams that did not arrive: ip(7), IP_RECVERR.</summary>
internal static unsafe class UndeliveredReader
{
    private const int ControlBytes = 256;
    private const int CmsgHeaderBytes = 16;

    /// <summary>False when the queue is empty.</summary>
    /// <param name="to">Where the datagram should have gone.</param>
    /// <param name="outcome"><see cref="SendOutcome.Sent"/> for what says nothing of that, as that a path takes shorter packets only.</param>
    public static bool TryTake(int descriptor, out Endpoint to, out SendOutcome outcome)
    {
        byte* control = stackalloc byte[ControlBytes];
        byte datagram;
        SockAddr address = default;
        LibC.iovec piece;
        piece.iov_base = &datagram;
        piece.iov_len = sizeof(byte);
        LibC.msghdr message = default;
        message.msg_name = &address;
        message.msg_namelen = SockAddr.Size;
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = ControlBytes;
        outcome = SendOutcome.Sent;
        to = default;
        if (LibC.recvmsg(descriptor, &message, LibC.MSG_ERRQUEUE | LibC.MSG_DONTWAIT) < 0)
        {
            return false;
        }

        to = address.ToEndpoint();
        outcome = to.IsKnown ? Read(new ReadOnlySpan<byte>(control, (int)message.msg_controllen)) : SendOutcome.Sent;
        return true;
    }

    /// <summary>The error comes first; sockets that want details have those behind it.</summary>
    private static SendOutcome Read(ReadOnlySpan<byte> control)
    {
        const int CmsgAlignment = 8;
        while (control.Length >= CmsgHeaderBytes)
        {
            LibC.cmsghdr header = MemoryMarshal.Read<LibC.cmsghdr>(control);
            int length = (int)header.cmsg_len;
            if (length < CmsgHeaderBytes || length > control.Length)
            {
                return SendOutcome.Sent;
            }

            if ((header.cmsg_level, header.cmsg_type) is (LibC.IPPROTO_IP, LibC.IP_RECVERR) or (LibC.IPPROTO_IPV6, LibC.IPV6_RECVERR)
                && length >= CmsgHeaderBytes + Unsafe.SizeOf<LibC.sock_extended_err>())
            {
                return OutcomeOf(MemoryMarshal.Read<LibC.sock_extended_err>(control[CmsgHeaderBytes..]));
            }

            int next = (length + CmsgAlignment - 1) & ~(CmsgAlignment - 1);
            control = next < control.Length ? control[next..] : default;
        }

        return SendOutcome.Sent;
    }

    /// <summary>By type and code: RFC 792, 1122 (section 3.2.2.1), 1812 (section 5.2.7.1) and 4443.</summary>
    private static SendOutcome OutcomeOf(in LibC.sock_extended_err error) => (error.ee_origin, error.ee_type, error.ee_code) switch
    {
        (LibC.SO_EE_ORIGIN_ICMP, 3, 3) => SendOutcome.PortClosed,
        (LibC.SO_EE_ORIGIN_ICMP, 3, 4) => SendOutcome.Sent, // longer than a link allows; the kernel sends shorter pieces from now on
        (LibC.SO_EE_ORIGIN_ICMP, 3, 9 or 10 or 13) => SendOutcome.NotPermitted,
        (LibC.SO_EE_ORIGIN_ICMP, 3 or 11, _) => SendOutcome.Unreachable,
        (LibC.SO_EE_ORIGIN_ICMP6, 1, 4) => SendOutcome.PortClosed,
        (LibC.SO_EE_ORIGIN_ICMP6, 1, 1 or 5 or 6) => SendOutcome.NotPermitted,
        (LibC.SO_EE_ORIGIN_ICMP6, 1 or 3, _) => SendOutcome.Unreachable,
        _ => SendOutcome.Sent,
    };
}
