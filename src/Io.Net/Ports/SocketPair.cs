using System.Net;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Net.Ports;

/// <summary>Two bound sockets that nobody watches yet: an RTP port and the next one for RTCP.</summary>
internal readonly record struct SocketPair(FdHandle Rtp, FdHandle Rtcp, int RtpPort)
{
    /// <summary>
    /// Tries the pairs of <paramref name="search"/> until one can be bound. A number that is in use or not permitted is
    /// skipped; any other refusal ends the search, since the next number would meet it too.
    /// </summary>
    /// <returns>
    /// <see cref="Errno.EADDRINUSE"/> when no pair is left, <see cref="Errno.EMFILE"/> also when only descriptors from
    /// <paramref name="descriptorCeiling"/> on are.
    /// </returns>
    public static Errno TryOpen(
        ref PortSearch search,
        IPAddress address,
        byte? tos,
        int receiveBufferBytes,
        long descriptorCeiling,
        out SocketPair pair)
    {
        bool ipv6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        FdHandle? rtp = null;
        FdHandle? rtcp = null;
        try
        {
            while (search.TryClaimNext(out int port))
            {
                // A socket whose bind was refused is as good as new; one that was bound cannot be bound again.
                Errno errno = EnsureOpen(ref rtp);
                errno = errno == Errno.None ? EnsureOpen(ref rtcp) : errno;
                errno = errno == Errno.None ? UdpSocket.Bind(rtp!, address, port) : errno;
                if (errno == Errno.None)
                {
                    errno = UdpSocket.Bind(rtcp!, address, port + 1);
                    if (errno == Errno.None)
                    {
                        pair = new SocketPair(rtp!, rtcp!, port);
                        rtp = rtcp = null;
                        return Errno.None;
                    }

                    rtp!.Dispose();
                    rtp = null;
                }

                if (errno is not (Errno.EADDRINUSE or Errno.EACCES))
                {
                    pair = default;
                    return errno;
                }
            }

            pair = default;
            return Errno.EADDRINUSE;
        }
        finally
        {
            rtp?.Dispose();
            rtcp?.Dispose();
        }

        Errno EnsureOpen(ref FdHandle? socket)
        {
            if (socket is not null)
            {
                return Errno.None;
            }

            FdHandle opened = UdpSocket.Open(ipv6, tos, receiveBufferBytes, out Errno errno);
            if (errno == Errno.None && opened.Number >= descriptorCeiling)
            {
                errno = Errno.EMFILE;
            }

            if (errno != Errno.None)
            {
                opened.Dispose();
                return errno;
            }

            socket = opened;
            return Errno.None;
        }
    }

    public void Close()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }
}
