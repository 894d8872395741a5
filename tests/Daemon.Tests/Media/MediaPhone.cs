using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit;

namespace RtpProxy.Daemon.Tests.Media;

/// <summary>One party of a call: an even port for RTP and the next one for RTCP. Datagrams wait in the kernel's buffer.</summary>
internal sealed class MediaPhone : IDisposable
{
    private const int HeaderLength = 12;

    private readonly Socket _rtp;
    private readonly Socket _rtcp;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly uint _ssrc = (uint)Random.Shared.NextInt64(1L << 32);
    private ushort _sequence = (ushort)Random.Shared.Next(1 << 16);
    private uint _timestamp;

    public MediaPhone(IPAddress host)
    {
        while (true)
        {
            _rtp = NewSocket(host, 0);
            try
            {
                if (Local.Port % 2 == 0)
                {
                    _rtcp = NewSocket(host, Local.Port + 1);
                    return;
                }
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another pair, then.
            }

            _rtp.Dispose();
        }
    }

    public IPEndPoint Local => (IPEndPoint)_rtp.LocalEndPoint!;

    /// <summary>The relay's port that this phone sends to.</summary>
    public IPEndPoint Remote { get; set; } = new(IPAddress.Loopback, 9);

    public int PacketsSent { get; private set; }

    /// <summary>Sends the next packet of 20 ms.</summary>
    /// <param name="payload">Of PCMU unless told otherwise; 160 bytes that follow from the number if there is none.</param>
    public void Say(byte[]? payload = null, byte payloadType = 0)
    {
        SayNow(payload, payloadType);
        _timestamp += 160;
    }

    /// <summary>Sends packets that all tell of the same moment, as those of a telephone event do (RFC 4733 section 2.2).</summary>
    public void SayOfOneMoment(IEnumerable<byte[]> payloads, byte payloadType)
    {
        foreach (byte[] payload in payloads)
        {
            SayNow(payload, payloadType);
        }

        _timestamp += 160;
    }

    public void SendRtp(ReadOnlySpan<byte> packet)
    {
        _rtp.SendTo(packet, Remote);
        PacketsSent++;
    }

    /// <summary>Sends a receiver report without blocks (RFC 3550 section 6.4.2).</summary>
    public void Report()
    {
        byte[] report = [0x80, 201, 0, 1, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), _ssrc);
        _rtcp.SendTo(report, new IPEndPoint(Remote.Address, Remote.Port + 1));
    }

    /// <summary>Sends any datagram to the port for reports.</summary>
    public void SendReport(ReadOnlySpan<byte> datagram) =>
        _rtcp.SendTo(datagram, new IPEndPoint(Remote.Address, Remote.Port + 1));

    /// <summary>Waits for the next RTP packet.</summary>
    /// <exception cref="OperationCanceledException">None came.</exception>
    public Task<byte[]> HearAsync() => ReceiveAsync(_rtp);

    /// <summary>Waits for as many RTP packets.</summary>
    public async Task<IReadOnlyList<byte[]>> HearAsync(int packets)
    {
        List<byte[]> heard = [];
        while (heard.Count < packets)
        {
            heard.Add(await HearAsync());
        }

        return heard;
    }

    public Task<byte[]> HearReportAsync() => ReceiveAsync(_rtcp);

    /// <summary>Takes what has arrived and returns how many RTP packets that were.</summary>
    public int TakeAll()
    {
        int count = 0;
        for (; _rtp.Available > 0; count++)
        {
            _rtp.Receive(_buffer);
        }

        return count;
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    private void SayNow(byte[]? payload, byte payloadType)
    {
        payload ??= [.. Enumerable.Range(0, 160).Select(i => (byte)(i + _sequence))];
        byte[] packet = new byte[HeaderLength + payload.Length];
        packet[0] = 0x80;
        packet[1] = payloadType;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequence++);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), _timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), _ssrc);
        payload.CopyTo(packet, HeaderLength);
        SendRtp(packet);
    }

    private static Socket NewSocket(IPAddress host, int port)
    {
        Socket socket = new(host.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        try
        {
            socket.Bind(new IPEndPoint(host, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<byte[]> ReceiveAsync(Socket socket)
    {
        using CancellationTokenSource deadline = new(Eventually.Deadline);
        int length = await socket.ReceiveAsync(_buffer.AsMemory(), deadline.Token);
        return _buffer[..length];
    }
}
