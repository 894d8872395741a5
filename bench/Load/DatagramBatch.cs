using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RtpProxy.Load;

/// <summary>
/// A socket of the load with native memory for many datagrams at once, so that the generator costs a fraction of what
/// the relay does and is never what is measured.
/// </summary>
internal sealed unsafe class DatagramBatch : IDisposable
{
    public const int Capacity = 64;
    private const int Slot = 2048;
    private const int ControlSlot = 64; // a header of 16 bytes and a timespec
    private const int ControlHeader = 16;
    private const int SolSocket = 1;
    private const int TimestampNs = 35; // SO_TIMESTAMPNS, also the type of the control message

    private readonly Socket _socket;
    private readonly byte* _memory;
    private readonly byte* _control;
    private readonly LibC.mmsghdr* _headers;
    private readonly LibC.iovec* _vectors;
    private readonly LibC.sockaddr_in* _addresses;
    private int _count;

    public DatagramBatch(Socket socket)
    {
        _socket = socket;
        _memory = (byte*)NativeMemory.AllocZeroed(Capacity, Slot);
        _control = (byte*)NativeMemory.AllocZeroed(Capacity, ControlSlot);
        _headers = (LibC.mmsghdr*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(LibC.mmsghdr));
        _vectors = (LibC.iovec*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(LibC.iovec));
        _addresses = (LibC.sockaddr_in*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(LibC.sockaddr_in));
        for (int i = 0; i < Capacity; i++)
        {
            _vectors[i].iov_base = _memory + (i * Slot);
            _headers[i].msg_hdr.msg_iov = _vectors + i;
            _headers[i].msg_hdr.msg_iovlen = 1;
        }
    }

    /// <summary>Has the kernel note when each datagram arrives, which does not depend on when it is looked at.</summary>
    public void WantArrivalTimes() => _socket.SetRawSocketOption(SolSocket, TimestampNs, BitConverter.GetBytes(1));

    public bool IsFull => _count == Capacity;

    /// <summary>Datagrams that wait to be sent.</summary>
    public int Count => _count;

    /// <summary>The bytes of the next datagram to send, to a port of 127.0.0.1.</summary>
    public Span<byte> Add(int port, int length)
    {
        int i = _count++;
        _addresses[i].sin_family = (ushort)AddressFamily.InterNetwork;
        _addresses[i].sin_port = BinaryPrimitives.ReverseEndianness((ushort)port);
        _addresses[i].sin_addr = BinaryPrimitives.ReverseEndianness(0x7f000001u);
        _headers[i].msg_hdr.msg_name = _addresses + i;
        _headers[i].msg_hdr.msg_namelen = (uint)sizeof(LibC.sockaddr_in);
        _vectors[i].iov_len = (nuint)length;
        return new Span<byte>(_memory + (i * Slot), length);
    }

    public void Send()
    {
        int done = 0;
        while (done < _count)
        {
            int sent = LibC.sendmmsg((int)_socket.Handle, _headers + done, (uint)(_count - done), 0);
            done += Math.Max(sent, 1); // one that the kernel refuses is lost, and shows as loss
        }

        _count = 0;
    }

    /// <summary>Receives what is there, without waiting; returns how many.</summary>
    public int Receive()
    {
        const int DontWait = 0x40; // MSG_DONTWAIT
        for (int i = 0; i < Capacity; i++)
        {
            _vectors[i].iov_len = Slot;
            _headers[i].msg_hdr.msg_name = null;
            _headers[i].msg_hdr.msg_namelen = 0;
            _headers[i].msg_hdr.msg_control = _control + (i * ControlSlot);
            _headers[i].msg_hdr.msg_controllen = ControlSlot;
        }

        return Math.Max(0, LibC.recvmmsg((int)_socket.Handle, _headers, Capacity, DontWait, null));
    }

    public ReadOnlySpan<byte> Received(int index) => new(_memory + (index * Slot), (int)_headers[index].msg_len);

    /// <summary>When a datagram arrived, in nanoseconds of the wall clock; needs <see cref="WantArrivalTimes"/>.</summary>
    public long ArrivedAt(int index)
    {
        byte* message = _control + (index * ControlSlot);
        if (_headers[index].msg_hdr.msg_controllen < ControlHeader + (2 * sizeof(long))
            || *(int*)(message + 8) != SolSocket
            || *(int*)(message + 12) != TimestampNs)
        {
            throw new InvalidOperationException("The kernel gives no arrival times.");
        }

        long* time = (long*)(message + ControlHeader);
        return (time[0] * 1_000_000_000) + time[1];
    }

    public void Dispose()
    {
        NativeMemory.Free(_control);
        NativeMemory.Free(_memory);
        NativeMemory.Free(_headers);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_addresses);
    }
}
