using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>A place that sends a stream of its own, or goes on with another's, and counts what it receives.</summary>
internal sealed class PacedPhone : IDisposable
{
    private readonly Socket _socket;
    private readonly bool _ownsSocket;
    private readonly byte[] _buffer = new byte[2_048];
    private uint _timestamp;
    private ushort _sequence;

    public PacedPhone(string host)
    {
        _socket = Bound(host);
        _ownsSocket = true;
        Ssrc = (uint)Random.Shared.NextInt64(1L << 32);
        _sequence = (ushort)Random.Shared.Next(1 << 16);
    }

    /// <summary>The same stream from another place.</summary>
    public PacedPhone(string host, PacedPhone other)
        : this(host)
    {
        Ssrc = other.Ssrc;
        _sequence = other._sequence;
        _timestamp = other._timestamp;
    }

    /// <summary>Another stream from the same place, as who forges an address would send it.</summary>
    public PacedPhone(PacedPhone other, uint ssrc)
    {
        _socket = other._socket;
        Ssrc = ssrc;
    }

    public uint Ssrc { get; }

    public bool IsFax { get; init; }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Its address as commands have it.</summary>
    public string Address => $"{((IPEndPoint)_socket.LocalEndPoint!).Address} {Port}";

    /// <summary>Packets that came here.</summary>
    public int Received { get; private set; }

    /// <summary>Of these, how many were of each stream.</summary>
    public Dictionary<uint, int> ReceivedOf { get; } = [];

    public int ReceivedFaxes { get; private set; }

    public void Send(int port)
    {
        byte[] packet = IsFax ? [(byte)(_sequence >> 8), (byte)_sequence, 6, 0xC0, 1, 0x80, 0, 0, 0xFF] : Rtp();
        _sequence++;
        _timestamp += 160;
        _socket.SendTo(packet, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>Counts what has arrived.</summary>
    public void Take()
    {
        while (_socket.Available > 0)
        {
            int length = _socket.Receive(_buffer);
            Received++;
            if (length < 12)
            {
                ReceivedFaxes++;
                continue;
            }

            uint ssrc = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(8));
            ReceivedOf[ssrc] = ReceivedOf.GetValueOrDefault(ssrc) + 1;
        }
    }

    public void Forget()
    {
        Take();
        Received = 0;
        ReceivedFaxes = 0;
        ReceivedOf.Clear();
    }

    public void Dispose()
    {
        if (_ownsSocket)
        {
            _socket.Dispose();
        }
    }

    private byte[] Rtp()
    {
        byte[] packet = new byte[172];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), _timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), Ssrc);
        return packet;
    }

    private static Socket Bound(string host)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Parse(host), 0));
        return socket;
    }
}
