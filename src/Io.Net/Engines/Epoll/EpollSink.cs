using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>Sends at once, one sendto(2) per datagram.</summary>
internal readonly unsafe struct EpollSink(EpollPortTable ports, EngineCounters counters) : IPacketSink
{
    private const int MaxAttempts = 4;

    public SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
    {
        int descriptor = ports[from.Value].Descriptor;
        SockAddr destination = SockAddr.From(to, out uint length);
        Errno errno = Errno.None;
        fixed (byte* bytes = datagram)
        {
            for (int attempt = 0; attempt < MaxAttempts; attempt++)
            {
                nint sent = LibC.sendto(
                    descriptor, bytes, datagram.Length, LibC.MSG_NOSIGNAL, &destination, length);
                if (sent >= 0)
                {
                    return SendOutcome.Sent;
                }

                errno = LibC.LastErrno;
                if (!IsWorthAnotherTry(errno) && !(attempt == 0 && MayBeOfEarlier(errno)))
                {
                    break;
                }
            }
        }

        counters.CountSendFailure();
        return OutcomeOf(errno);
    }

    /// <summary>
    /// The kernel is short of buffers for a moment, or a firewall rule is being replaced; or it tells what became of an
    /// earlier datagram (ECONNREFUSED, by ICMP), and has forgotten it by telling.
    /// </summary>
    private static bool IsWorthAnotherTry(Errno errno) =>
        errno is Errno.EAGAIN or Errno.ENOBUFS or Errno.EPERM or Errno.EINTR or Errno.ECONNREFUSED;

    /// <summary>The same, or true of this datagram: then it is said again. All that ICMP may become (icmp(7), icmpv6).</summary>
    private static bool MayBeOfEarlier(Errno errno) => errno
        is Errno.EHOSTUNREACH or Errno.ENETUNREACH or Errno.EHOSTDOWN or Errno.ENONET or Errno.EACCES
        or Errno.EMSGSIZE or Errno.EPROTO or Errno.ENOPROTOOPT or Errno.EOPNOTSUPP;

    private static SendOutcome OutcomeOf(Errno errno) => errno switch
    {
        Errno.EAGAIN or Errno.ENOBUFS or Errno.ENOMEM or Errno.EINTR => SendOutcome.NoRoom,
        Errno.EPERM or Errno.EACCES => SendOutcome.NotPermitted,
        Errno.EMSGSIZE => SendOutcome.TooLong,
        Errno.ENETUNREACH or Errno.EHOSTUNREACH or Errno.ENETDOWN or Errno.ECONNREFUSED => SendOutcome.Unreachable,
        _ => SendOutcome.NotPossible,
    };
}
