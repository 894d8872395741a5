using RtpProxy.Io.Interop;
using RtpProxy.Io.Ports;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Engines.Epoll;

/// <summary>Sends at once, one sendto(2) per datagram.</summary>
internal readonly unsafe struct EpollSink(WorkerPorts ports, EngineCounters counters) : IPacketSink
{
    // The kernel is short of buffers for a moment, or a firewall rule is being replaced: worth another try or two.
    private const int MaxAttempts = 4;

    public void Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
    {
        int descriptor = ports[from.Value].Descriptor;
        SockAddr destination = SockAddr.From(to, out uint length);
        fixed (byte* bytes = datagram)
        {
            for (int attempt = 0; attempt < MaxAttempts; attempt++)
            {
                nint sent = LibC.sendto(
                    descriptor, bytes, datagram.Length, LibC.MSG_NOSIGNAL, &destination, length);
                if (sent >= 0)
                {
                    return;
                }

                if (LibC.LastErrno is not (Errno.EAGAIN or Errno.ENOBUFS or Errno.EPERM or Errno.EINTR))
                {
                    break;
                }
            }
        }

        counters.CountSendFailure();
    }
}
