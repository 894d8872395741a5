using System.Net;
using System.Net.Sockets;

namespace RtpProxy.EndToEnd.Phones;

/// <summary>
/// One media line of a phone: an even port for RTP and the next one for RTCP, a numbered stream going out, and everything
/// that comes in.
/// </summary>
public sealed class RtpPhone : IDisposable
{
    private static int _lastSsrc = 0x1000_0000;

    private ushort _sequence;

    public RtpPhone(IPAddress address, byte payloadType = 0)
    {
        (Rtp, Rtcp) = BindPair(address);
        PayloadType = payloadType;
        Ssrc = (uint)Interlocked.Add(ref _lastSsrc, 0x10001);
        _sequence = (ushort)(Ssrc * 7); // each stream begins elsewhere, some close to the wrap
        FirstSequence = _sequence;
    }

    public MediaSocket Rtp { get; }

    public MediaSocket Rtcp { get; }

    public uint Ssrc { get; }

    public byte PayloadType { get; }

    public ushort FirstSequence { get; }

    public int PacketsSent { get; private set; }

    public int ReportsSent { get; private set; }

    /// <summary>Where the last SDP said that media goes to; null before one, on hold, and for a refused line.</summary>
    public IPEndPoint? Remote { get; set; }

    /// <summary>Sends the next packet of the stream.</summary>
    public void SendPacket()
    {
        Rtp.Send(NumberedPacket.Rtp(Ssrc, _sequence++, PayloadType, marker: PacketsSent == 0), RequiredRemote);
        PacketsSent++;
    }

    public void SendReport()
    {
        IPEndPoint remote = RequiredRemote;
        Rtcp.Send(NumberedPacket.SenderReport(Ssrc, (uint)PacketsSent), new IPEndPoint(remote.Address, remote.Port + 1));
        ReportsSent++;
    }

    /// <summary>Sends packets at the given distance, and one report in the middle of them.</summary>
    public async Task TalkAsync(int packets, TimeSpan distance, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(distance);
        for (int i = 0; i < packets; i++)
        {
            SendPacket();
            if (i == packets / 2)
            {
                SendReport();
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    public void Dispose()
    {
        Rtp.Dispose();
        Rtcp.Dispose();
    }

    private IPEndPoint RequiredRemote => Remote ?? throw new InvalidOperationException("no SDP has named an address yet");

    private static (MediaSocket Rtp, MediaSocket Rtcp) BindPair(IPAddress address)
    {
        while (true)
        {
            var rtp = new MediaSocket(address);
            if (rtp.Local.Port % 2 == 0)
            {
                try
                {
                    return (rtp, new MediaSocket(address, rtp.Local.Port + 1));
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                {
                    // Another pair, then.
                }
            }

            rtp.Dispose();
        }
    }
}
