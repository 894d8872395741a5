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

    private readonly Socket _socket;
    private readonly byte* _memory;
    private readonly LibC.mmsghdr* _headers;
    private readonly LibC.iovec* _vectors;
    private readonly LibC.sockaddr_in* _addresses;
    private int _count;

    public DatagramBatch(Socket socket)
    {
        _socket = socket;
        _memory = (byte*)NativeMemory.AllocZeroed(Capacity, Slot);
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

    public bool IsFull => _count == Capacity;

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
        }

        return Math.Max(0, LibC.recvmmsg((int)_socket.Handle, _headers, Capacity, DontWait, null));
    }

    public ReadOnlySpan<byte> Received(int index) => new(_memory + (index * Slot), (int)_headers[index].msg_len);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        NativeMemory.Free(_headers);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_addresses);
    }
}
