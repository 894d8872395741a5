using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RtpProxy.TestKit.Daemon;

namespace RtpProxy.Watch.Tests.Kit;

/// <summary>A call through a real daemon, with real sockets: G.711 packets of 20 ms from whoever speaks.</summary>
internal sealed class RealCall : IAsyncDisposable
{
    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private readonly UdpClient _caller = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly UdpClient _callee = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _speaking = [];
    private int _portOfCaller;
    private int _portOfCallee;

    private RealCall()
    {
    }

    public IPEndPoint Caller => (IPEndPoint)_caller.Client.LocalEndPoint!;

    public IPEndPoint Callee => (IPEndPoint)_callee.Client.LocalEndPoint!;

    /// <summary>Our port that the callee is told to send to.</summary>
    public int PortOfCallee => _portOfCallee;

    public static async Task<RealCall> SetUpAsync(DaemonProcess daemon, string callId)
    {
        RealCall call = new();
        call._portOfCallee = Port(await daemon.AskAsync(string.Create(CultureInfo.InvariantCulture, $"U {callId} 127.0.0.1 {call.Caller.Port} from")));
        call._portOfCaller = Port(await daemon.AskAsync(string.Create(CultureInfo.InvariantCulture, $"L {callId} 127.0.0.1 {call.Callee.Port} from to")));
        return call;
    }

    /// <summary>From now on the caller speaks.</summary>
    /// <param name="loses">Of so many packets one is not sent; 0 for none.</param>
    public void CallerSpeaks(int loses = 0) => _speaking.Add(SpeakAsync(_caller, _portOfCaller, 0x1111, loses));

    public void CalleeSpeaks(int loses = 0) => _speaking.Add(SpeakAsync(_callee, _portOfCallee, 0x2222, loses));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_speaking);
        _caller.Dispose();
        _callee.Dispose();
        _end.Dispose();
    }

    private static int Port(string reply) => int.Parse(reply.Split(' ')[0], CultureInfo.InvariantCulture);

    private async Task SpeakAsync(UdpClient party, int port, uint ssrc, int loses)
    {
        byte[] packet = new byte[172];
        packet[0] = 0x80; // RFC 3550, section 5.1: version 2, payload type 0
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        long start = Stopwatch.GetTimestamp();
        try
        {
            for (uint number = 0; !_end.IsCancellationRequested; number++)
            {
                // By the clock: a busy machine delays packets, but the party's own time goes on.
                TimeSpan early = (PacketTime * number) - Stopwatch.GetElapsedTime(start);
                if (early > TimeSpan.Zero)
                {
                    await Task.Delay(early, _end.Token);
                }

                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)number);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), number * 160);
                if (loses == 0 || number % loses != 0)
                {
                    await party.SendAsync(packet, new IPEndPoint(IPAddress.Loopback, port), _end.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
