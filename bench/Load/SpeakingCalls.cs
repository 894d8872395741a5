using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RtpProxy.Load;

/// <summary>
/// Calls whose parties speak all the time, at an even pace each way, and write down what they hear and how late. All callers
/// share a socket, and all callees: the relay knows calls by its own ports, and the packets say which stream they are of (the SSRC),
/// which of it they are, and when they were sent. When they arrived the kernel says, so that this thread may be late itself.
/// </summary>
/// <remarks>Everything on a thread of its own; others have it do things (<see cref="Do"/>).</remarks>
internal sealed class SpeakingCalls : IDisposable
{
    public const int PacketBytes = 172;

    private const int HeaderBytes = 12;
    private const int BurstBytes = 512 << 20; // all that came in three seconds, at once

    private readonly Socket _callers = LoadSocket.Open(BurstBytes);
    private readonly Socket _callees = LoadSocket.Open(BurstBytes);
    private readonly DatagramBatch _fromCallers;
    private readonly DatagramBatch _fromCallees;
    private readonly DatagramBatch _toCallers;
    private readonly DatagramBatch _toCallees;
    private readonly CallStream[] _streams;
    private readonly ConcurrentQueue<Action> _toDo = [];
    private readonly int _ticksInPacketTime; // of a millisecond
    private readonly Thread _thread;
    private long _heardAt;
    private bool _isOver;

    /// <param name="calls">At most.</param>
    /// <param name="packetsPerSecond">Of each party, 1 to 1000.</param>
    public SpeakingCalls(int calls, int packetsPerSecond = 50)
    {
        _ticksInPacketTime = 1000 / packetsPerSecond;
        _fromCallers = new DatagramBatch(_callers);
        _fromCallees = new DatagramBatch(_callees);
        _toCallers = new DatagramBatch(_callers);
        _toCallees = new DatagramBatch(_callees);
        _toCallers.WantArrivalTimes();
        _toCallees.WantArrivalTimes();
        _streams = [.. Enumerable.Range(0, 2 * calls).Select(_ => new CallStream())];
        _thread = new Thread(Run) { IsBackground = true, Name = "parties" };
        _thread.Start();
    }

    public int CallerPort => ((IPEndPoint)_callers.LocalEndPoint!).Port;

    public int CalleePort => ((IPEndPoint)_callees.LocalEndPoint!).Port;

    /// <summary>Two for each call: what its caller says, and what its callee says.</summary>
    public IReadOnlyList<CallStream> Streams => _streams;

    /// <summary>The parties of a call begin to speak, to other ports from now on.</summary>
    public void Join(int call, RelayPorts ports) => Do(() =>
    {
        (_streams[2 * call].Port, _streams[(2 * call) + 1].Port) = (ports.ForCaller, ports.ForCallee);
        foreach (CallStream stream in _streams.AsSpan(2 * call, 2))
        {
            stream.Begin();
            stream.IsSpeaking = true;
        }
    });

    /// <summary>They say nothing more.</summary>
    public void Leave(int call) => Do(() =>
    {
        foreach (CallStream stream in _streams.AsSpan(2 * call, 2))
        {
            stream.IsSpeaking = false;
        }
    });

    /// <summary>Does something on the thread of the parties, and returns when that is done.</summary>
    public void Do(Action action)
    {
        using var isDone = new ManualResetEventSlim();
        _toDo.Enqueue(() =>
        {
            action();
            isDone.Set();
        });
        isDone.Wait();
    }

    /// <summary>Waits until nothing has been heard for so long.</summary>
    public void AwaitSilence(TimeSpan time)
    {
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref _heardAt)) < time)
        {
            Thread.Sleep(time / 4);
        }
    }

    public void Dispose()
    {
        Do(() => _isOver = true);
        _thread.Join();
        DatagramBatch[] batches = [_fromCallers, _fromCallees, _toCallers, _toCallees];
        Array.ForEach(batches, batch => batch.Dispose());
        _callers.Dispose();
        _callees.Dispose();
    }

    // Each millisecond a part of all streams: a twentieth at 50 packets per second.
    private void Run()
    {
        long start = Stopwatch.GetTimestamp();
        for (long tick = 0; !_isOver; tick++)
        {
            while (_toDo.TryDequeue(out Action? action))
            {
                action();
            }

            for (int i = (int)(tick % _ticksInPacketTime); i < _streams.Length; i += _ticksInPacketTime)
            {
                if (_streams[i].IsSpeaking)
                {
                    Speak(i, i % 2 == 0 ? _fromCallers : _fromCallees);
                }
            }

            _fromCallers.Send();
            _fromCallees.Send();
            Hear(_toCallers);
            Hear(_toCallees);
            TimeSpan ahead = TimeSpan.FromMilliseconds(tick + 1) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }
    }

    private void Speak(int index, DatagramBatch batch)
    {
        const int MostAtOnce = 16; // what waits here for the system call waits by our fault
        CallStream stream = _streams[index];
        Span<byte> packet = batch.Add(stream.Port, PacketBytes);
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)stream.Next);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], (uint)stream.Next * (PacketBytes - HeaderBytes));
        BinaryPrimitives.WriteInt32BigEndian(packet[8..], index);
        BinaryPrimitives.WriteInt32LittleEndian(packet[HeaderBytes..], stream.Next++);
        BinaryPrimitives.WriteInt64LittleEndian(packet[(HeaderBytes + sizeof(int))..], WallClock());
        if (batch.Count == MostAtOnce)
        {
            batch.Send();
        }
    }

    private void Hear(DatagramBatch batch)
    {
        for (int count = batch.Receive(); count > 0; count = batch.Receive())
        {
            Interlocked.Exchange(ref _heardAt, Stopwatch.GetTimestamp());
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> packet = batch.Received(i);
                int stream = packet.Length == PacketBytes ? BinaryPrimitives.ReadInt32BigEndian(packet[8..]) : -1;
                if ((uint)stream < (uint)_streams.Length)
                {
                    _streams[stream].Hear(
                        BinaryPrimitives.ReadInt32LittleEndian(packet[HeaderBytes..]),
                        BinaryPrimitives.ReadInt64LittleEndian(packet[(HeaderBytes + sizeof(int))..]),
                        batch.ArrivedAt(i));
                }
            }
        }
    }

    // As the kernel notes arrivals.
    private static long WallClock() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * (1_000_000_000 / TimeSpan.TicksPerSecond);
}
