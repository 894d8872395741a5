using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Packages.Tests.Calls;

/// <summary>One party of a call in the network of a system: sends numbered packets, and knows which of the other's came.</summary>
internal sealed class Phone : IDisposable
{
    private readonly Socket _socket;
    private readonly HashSet<ushort> _heard = [];
    private readonly byte[] _buffer = new byte[2_048];
    private readonly uint _ssrc = (uint)Random.Shared.NextInt64(1L << 32);

    public Phone(int systemProcess)
    {
        _socket = NetworkOf.Process(systemProcess, () =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return socket;
        });
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Packets sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>Packets that came and were doubles of others.</summary>
    public int Doubled { get; private set; }

    /// <summary>Different packets of the other party that came so far.</summary>
    public int Heard
    {
        get
        {
            while (_socket.Available > 0)
            {
                int length = _socket.Receive(_buffer);
                if (length >= 12 && !_heard.Add(BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2))))
                {
                    Doubled++;
                }
            }

            return _heard.Count;
        }
    }

    /// <summary>Sends one packet of 20 ms to the relay's port.</summary>
    public void Speak(int port)
    {
        byte[] packet = new byte[172];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)Sent);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)Sent * 160);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), _ssrc);
        _socket.SendTo(packet, new IPEndPoint(IPAddress.Loopback, port));
        Sent++;
    }

    public void Dispose() => _socket.Dispose();
}
