using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>
/// Takes one datagram from a socket: by recvfrom(2), or by recvmsg(2) on the few ports that asked for the kernel's time
/// stamp and the exact local address.
/// </summary>
/// <remarks>Owned by one thread. The datagram lies in one buffer, with room around it, that the next call overwrites.</remarks>
internal sealed unsafe class DatagramReceiver : IDisposable
{
    /// <summary>Longer datagrams are cut (media rules, section 3.1).</summary>
    public const int MaxDatagramBytes = 8192;

    private const int ControlBytes = 256;
    private const int CmsgAlignment = 8;
    private const int CmsgHeaderBytes = 16;
    private const int InPktinfoAddressOffset = 8; // struct in_pktinfo: ifindex, spec_dst, addr
    private const long NanosecondsPerMicrosecond = 1_000;
    private const long MicrosecondsPerSecond = 1_000_000;

    private static readonly int BufferBytes = Datagram.BufferLength(MaxDatagramBytes);

    private readonly EngineCounters _counters;
    private byte* _buffer = (byte*)NativeMemory.AlignedAlloc((nuint)BufferBytes, 64);

    public DatagramReceiver(EngineCounters counters)
    {
        _counters = counters;
    }

    /// <summary>Where datagrams begin in the buffer.</summary>
    private byte* Start => _buffer + Datagram.RoomBefore;

    /// <summary>False when nothing was there after all, or receiving failed.</summary>
    /// <param name="arrival">The batch's on entry; refined on return if the port wants details.</param>
    public bool TryReceive(in PortSocket socket, ref Arrival arrival, out Endpoint source, out Datagram datagram)
    {
        SockAddr address;
        nint length = Receive(socket, &address, ref arrival);
        if (length < 0 && LibC.LastErrno is not (Errno.EAGAIN or Errno.EINTR))
        {
            // What became of an earlier datagram is told once, in place of what has come (UdpSocket.KeepErrors).
            length = Receive(socket, &address, ref arrival);
        }

        if (length < 0)
        {
            if (LibC.LastErrno is not (Errno.EAGAIN or Errno.EINTR))
            {
                _counters.CountReceiveFailure();
            }

            source = default;
            datagram = default;
            return false;
        }

        source = address.ToEndpoint();
        datagram = new Datagram(new Span<byte>(_buffer, BufferBytes), (int)length);
        return true;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_buffer);
        _buffer = null;
    }

    private nint Receive(in PortSocket socket, SockAddr* address, ref Arrival arrival)
    {
        if (socket.WantsDetails)
        {
            return ReceiveWithDetails(socket.Descriptor, address, ref arrival);
        }

        uint addressLength = SockAddr.Size;
        return LibC.recvfrom(socket.Descriptor, Start, MaxDatagramBytes, 0, address, &addressLength);
    }

    private nint ReceiveWithDetails(int descriptor, SockAddr* address, ref Arrival arrival)
    {
        byte* control = stackalloc byte[ControlBytes];
        LibC.iovec piece;
        piece.iov_base = Start;
        piece.iov_len = MaxDatagramBytes;
        LibC.msghdr message = default;
        message.msg_name = address;
        message.msg_namelen = SockAddr.Size;
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = ControlBytes;
        nint length = LibC.recvmsg(descriptor, &message, 0);
        if (length >= 0)
        {
            ReadDetails(new ReadOnlySpan<byte>(control, (int)message.msg_controllen), ref arrival);
        }

        return length;
    }

    private static void ReadDetails(ReadOnlySpan<byte> control, ref Arrival arrival)
    {
        while (control.Length >= CmsgHeaderBytes)
        {
            LibC.cmsghdr header = MemoryMarshal.Read<LibC.cmsghdr>(control);
            int length = (int)header.cmsg_len;
            if (length < CmsgHeaderBytes || length > control.Length)
            {
                return;
            }

            ReadDetail(header, control[CmsgHeaderBytes..length], ref arrival);
            int next = (length + CmsgAlignment - 1) & ~(CmsgAlignment - 1);
            control = next < control.Length ? control[next..] : default;
        }
    }

    private static void ReadDetail(in LibC.cmsghdr header, ReadOnlySpan<byte> value, ref Arrival arrival)
    {
        switch (header.cmsg_level, header.cmsg_type)
        {
            case (LibC.SOL_SOCKET, LibC.SCM_TIMESTAMPNS) when value.Length >= Unsafe.SizeOf<LibC.timespec>():
                LibC.timespec time = MemoryMarshal.Read<LibC.timespec>(value);
                arrival = arrival with
                {
                    WallMicroseconds = (time.tv_sec * MicrosecondsPerSecond) + (time.tv_nsec / NanosecondsPerMicrosecond),
                };
                break;
            case (LibC.IPPROTO_IP, LibC.IP_PKTINFO) when value.Length >= InPktinfoAddressOffset + sizeof(uint):
                uint host = BinaryPrimitives.ReadUInt32BigEndian(value[InPktinfoAddressOffset..]);
                arrival = arrival with { LocalHost = Endpoint.FromIPv4(host, 0) };
                break;
            case (LibC.IPPROTO_IPV6, LibC.IPV6_PKTINFO) when value.Length >= 16:
                arrival = arrival with { LocalHost = Endpoint.FromIPv6(value, 0) };
                break;
        }
    }
}
