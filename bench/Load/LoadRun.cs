using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Load;

/// <summary>
/// Sends 50 packets per second each way through every session and receives them. All callers share one socket and all
/// callees another: a relay tells sessions apart by its own ports, and the generator stays cheap.
/// </summary>
internal sealed class LoadRun : IDisposable
{
    /// <summary>A relay with a just-in-time compiler is at its pace after some seconds, and a relay runs for weeks.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    private const int PayloadLength = 160;
    private const int HeaderLength = 12;
    private const int PacketLength = HeaderLength + PayloadLength;
    private static readonly TimeSpan Ptime = TimeSpan.FromMilliseconds(20);

    private readonly Socket _caller = LoadSocket.Open();
    private readonly Socket _callee = LoadSocket.Open();
    private readonly DatagramBatch _toRelay;
    private readonly DatagramBatch _toRelayFromCallee;
    private readonly DatagramBatch _received;
    private readonly DatagramBatch _receivedByCallee;

    public LoadRun()
    {
        _toRelay = new DatagramBatch(_caller);
        _toRelayFromCallee = new DatagramBatch(_callee);
        _received = new DatagramBatch(_caller);
        _receivedByCallee = new DatagramBatch(_callee);
    }

    public int CallerPort => ((IPEndPoint)_caller.LocalEndPoint!).Port;

    public int CalleePort => ((IPEndPoint)_callee.LocalEndPoint!).Port;

    /// <summary>Packets that came back, those of the warm-up included.</summary>
    public long Received { get; private set; }

    /// <param name="passingCalls">Calls per second that are set up and ended beside the load.</param>
    public Measurement Measure(IRelayUnderTest relay, int sessions, TimeSpan time, int passingCalls = 0)
    {
        // One session first, so that what starting costs is not counted as memory of sessions.
        var ports = new RelayPorts[sessions];
        ports[0] = relay.Open(0, CallerPort, CalleePort);
        long emptyBytes = ProcessFigures.ResidentBytes(relay.Process);
        for (int i = 1; i < sessions; i++)
        {
            ports[i] = relay.Open(i, CallerPort, CalleePort);
        }

        var passing = new PassingCalls(relay, passingCalls);
        Pump(ports, WarmUp, new LatencyHistogram(), passing);
        double kilobytes = (ProcessFigures.ResidentBytes(relay.Process) - emptyBytes) / 1024.0 / (sessions - 1);

        var delays = new LatencyHistogram();
        long cpuBefore = ProcessFigures.CpuNanoseconds(relay.Process);
        (long sent, long received) = Pump(ports, time, delays, passing);
        long cpu = ProcessFigures.CpuNanoseconds(relay.Process) - cpuBefore;
        return new Measurement(
            relay.Name,
            cpu / 1000.0 / received,
            100.0 * (sent - received) / sent,
            delays.Percentile(0.50),
            delays.Percentile(0.99),
            delays.Percentile(0.999),
            kilobytes);
    }

    public void Dispose()
    {
        _toRelay.Dispose();
        _toRelayFromCallee.Dispose();
        _received.Dispose();
        _receivedByCallee.Dispose();
        _caller.Dispose();
        _callee.Dispose();
    }

    /// <summary>Spreads the packets of all sessions evenly over each 20 ms, and receives in between.</summary>
    private (long Sent, long Received) Pump(RelayPorts[] ports, TimeSpan time, LatencyHistogram delays, PassingCalls passing)
    {
        long start = Stopwatch.GetTimestamp();
        long ticksPerRound = Stopwatch.Frequency * Ptime.Ticks / TimeSpan.TicksPerSecond;
        long rounds = time.Ticks / Ptime.Ticks;
        long sent = 0;
        long received = 0;
        for (long round = 0; round < rounds; round++)
        {
            passing.Advance(Ptime);
            for (int i = 0; i < ports.Length; i++)
            {
                long due = start + (round * ticksPerRound) + (ticksPerRound * i / ports.Length);
                if (Stopwatch.GetTimestamp() < due)
                {
                    Flush();
                    do
                    {
                        received += ReceiveAll(delays);
                    }
                    while (Stopwatch.GetTimestamp() < due);
                }

                Write(_toRelay, ports[i].ForCaller, i, round);
                Write(_toRelayFromCallee, ports[i].ForCallee, i, round);
                sent += 2;
            }
        }

        Flush();
        long end = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 4);
        while (received < sent && Stopwatch.GetTimestamp() < end)
        {
            received += ReceiveAll(delays);
        }

        Received += received;
        return (sent, received);
    }

    private static void Write(DatagramBatch batch, int port, int session, long round)
    {
        if (batch.IsFull)
        {
            batch.Send();
        }

        Span<byte> packet = batch.Add(port, PacketLength);
        packet[0] = 0x80;
        packet[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)round);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)(round * PayloadLength));
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], (uint)session + 1);
        BinaryPrimitives.WriteInt64LittleEndian(packet[HeaderLength..], Stopwatch.GetTimestamp());
    }

    private void Flush()
    {
        _toRelay.Send();
        _toRelayFromCallee.Send();
    }

    private int ReceiveAll(LatencyHistogram delays) => Receive(_received, delays) + Receive(_receivedByCallee, delays);

    private static int Receive(DatagramBatch batch, LatencyHistogram delays)
    {
        int count = batch.Receive();
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            long sentAt = BinaryPrimitives.ReadInt64LittleEndian(batch.Received(i)[HeaderLength..]);
            delays.Add((now - sentAt) * (1_000_000_000 / Stopwatch.Frequency));
        }

        return count;
    }
}
