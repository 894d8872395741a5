using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Load;

/// <summary>
/// Calls whose parties speak all the time and write down what they hear. All callers share a socket, and all callees: the relay
/// knows calls by its own ports, and the packets say which call they are of (the SSRC) and which way they go (its lowest bit).
/// </summary>
internal sealed class ContinuityRun : IDisposable
{
    private const int PacketBytes = 172;
    private const int PacketsInSecond = 50;
    private const int TicksInPacketTime = 20; // of a millisecond

    private const int BurstBytes = 512 << 20; // all that came in three seconds, at once

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly KeptRelay _relay;
    private readonly Socket _callers = LoadSocket.Open(BurstBytes);
    private readonly Socket _callees = LoadSocket.Open(BurstBytes);
    private readonly CallStream[] _streams;
    private readonly SocketAddress[] _targets;
    private readonly RelayPorts[] _ports;
    private readonly ushort[] _sequences;
    private readonly Thread[] _receivers;
    private volatile bool _isSpeaking;
    private volatile bool _isOver;
    private long _heardAt;

    public ContinuityRun(KeptRelay relay, int calls)
    {
        _relay = relay;
        _streams = [.. Enumerable.Range(0, 2 * calls).Select(_ => new CallStream())];
        _targets = new SocketAddress[2 * calls];
        _ports = new RelayPorts[calls];
        _sequences = new ushort[2 * calls];
        for (int i = 0; i < calls; i++)
        {
            _ports[i] = Open(i);
            _targets[2 * i] = new IPEndPoint(IPAddress.Loopback, _ports[i].ForCaller).Serialize();
            _targets[(2 * i) + 1] = new IPEndPoint(IPAddress.Loopback, _ports[i].ForCallee).Serialize();
        }

        _receivers = [Start(() => Receive(_callers)), Start(() => Receive(_callees))];
    }

    public ContinuityFigures Measure(string @event)
    {
        string statistics = _relay.Statistics;
        Speak(Before, null); // every party is known, and every process warm
        int[] sent = new int[_streams.Length];
        Array.ForEach(_streams, stream => stream.Begin());
        Speak(After, sent, () => _relay.Suffer(@event));
        TimeSpan[] gaps = [.. _streams.Select(stream => stream.LongestGap).Order()];
        int lost = Enumerable.Range(0, _streams.Length).Where(IsSilent).Select(stream => stream / 2).Distinct().Count();
        long packets = _streams.Select((stream, i) => (long)(sent[i] - stream.Heard)).Sum();
        int moved = Enumerable.Range(0, _ports.Length).Count(call => Open(call) != _ports[call]);
        return new ContinuityFigures(
            @event, lost, packets, _streams.Sum(stream => stream.Doubled), gaps,
            $"{moved} calls have other ports; {statistics.Replace('\n', ' ')} -> {_relay.Statistics.Replace('\n', ' ')}");
    }

    public void Dispose()
    {
        _isOver = true;
        _callers.Dispose();
        _callees.Dispose();
        Array.ForEach(_receivers, receiver => receiver.Join());
    }

    // Nothing was heard of the last second.
    private bool IsSilent(int stream) => (ushort)(_sequences[stream] - _streams[stream].LastSequence) > PacketsInSecond;

    private RelayPorts Open(int call) => _relay.Open(
        call, ((IPEndPoint)_callers.LocalEndPoint!).Port, ((IPEndPoint)_callees.LocalEndPoint!).Port);

    private static Thread Start(ThreadStart body)
    {
        Thread thread = new(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Speak(TimeSpan time, int[]? sent, Action? meanwhile = null)
    {
        _isSpeaking = true;
        Thread speaker = Start(() => SpeakOn(sent));
        Thread.Sleep(meanwhile is null ? TimeSpan.Zero : Before);
        meanwhile?.Invoke();
        Thread.Sleep(time);
        _isSpeaking = false;
        speaker.Join();

        // A relay that has much to catch up with is late, and has lost nothing yet.
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref _heardAt)) < DrainTime)
        {
            Thread.Sleep(DrainTime);
        }
    }

    // A twentieth of all streams each millisecond.
    private void SpeakOn(int[]? sent)
    {
        byte[] packet = new byte[PacketBytes];
        packet[0] = 0x80;
        long start = Stopwatch.GetTimestamp();
        for (long tick = 0; _isSpeaking; tick++)
        {
            for (int i = (int)(tick % TicksInPacketTime); i < _streams.Length; i += TicksInPacketTime)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), _sequences[i]);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), (uint)(_sequences[i] * 160));
                BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), i);
                _sequences[i]++;
                (i % 2 == 0 ? _callers : _callees).SendTo(packet, SocketFlags.None, _targets[i]);
                if (sent is not null)
                {
                    sent[i]++;
                }
            }

            TimeSpan ahead = TimeSpan.FromMilliseconds(tick + 1) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }
    }

    private void Receive(Socket socket)
    {
        byte[] packet = new byte[2048];
        SocketAddress from = new(AddressFamily.InterNetwork);
        while (!_isOver)
        {
            try
            {
                int length = socket.ReceiveFrom(packet, SocketFlags.None, from);
                int stream = length == PacketBytes ? BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(8)) : -1;
                if (stream >= 0 && stream < _streams.Length)
                {
                    long now = Stopwatch.GetTimestamp();
                    Interlocked.Exchange(ref _heardAt, now);
                    _streams[stream].Hear(BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)), now);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Over, or the relay was not there for a moment (ICMP).
            }
        }
    }
}
