using System.Collections.Concurrent;
using RtpProxy.Io.Net.Engines;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Tests.Engines;

/// <summary>The smallest core: sends every datagram back, and lets tests run code on the worker's thread.</summary>
internal readonly struct EchoCore(EchoCore.State state) : IEngineCore
{
    public Instant? NextDeadline => state.NextDeadline;

    public void OnDatagram<TSink>(PortId port, in Endpoint source, in Datagram datagram, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        Span<byte> bytes = datagram.Bytes;
        if (bytes.SequenceEqual("crash"u8))
        {
            throw new InvalidOperationException("a defect");
        }

        state.Received++;
        state.LastLength = bytes.Length;
        state.LastArrival = arrival;

        // What is done in the room of a datagram does not touch the datagram.
        datagram.Buffer[..Datagram.RoomBefore].Fill(0xee);
        datagram.Buffer[(Datagram.RoomBefore + bytes.Length)..].Fill(0xee);
        if (state.Beside.IsKnown)
        {
            state.OutcomesBeside.Enqueue(sink.Send(port, state.Beside, bytes));
        }

        sink.Send(port, source, bytes);
        if (state.MeasureAllocations)
        {
            state.AllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    public void OnUndelivered(PortId port, in Endpoint to, SendOutcome outcome, Instant now) => state.Undelivered.Enqueue((to, outcome));

    public void OnDeadline<TSink>(in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct
    {
        state.Deadlines.Enqueue(arrival.Now);
        state.NextDeadline = state.DeadlinePeriod is { } period && state.Deadlines.Count < state.MaxDeadlines
            ? state.NextDeadline!.Value + period
            : null;
    }

    public void OnTurnEnded(Instant now)
    {
    }

    public void OnMail<TSink>(Letter letter, in Arrival arrival, ref TSink sink)
        where TSink : IPacketSink, allows ref struct => ((Errand)letter).Run();

    public sealed class State
    {
        public Instant? NextDeadline { get; set; }

        public TimeSpan? DeadlinePeriod { get; set; }

        public int MaxDeadlines { get; set; }

        public ConcurrentQueue<Instant> Deadlines { get; } = new();

        /// <summary>Where every datagram goes first, if it is known.</summary>
        public Endpoint Beside { get; set; }

        public ConcurrentQueue<SendOutcome> OutcomesBeside { get; } = new();

        public ConcurrentQueue<(Endpoint To, SendOutcome Outcome)> Undelivered { get; } = new();

        public volatile int Received;

        public volatile int LastLength;

        public Arrival LastArrival { get; set; }

        public bool MeasureAllocations { get; set; }

        public long AllocatedBytes { get; set; }
    }

    /// <summary>A letter that runs a piece of code.</summary>
    public sealed class Errand(Action action) : Letter
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public void Run()
        {
            try
            {
                action();
                _done.SetResult();
            }
            catch (Exception e)
            {
                _done.SetException(e);
                throw;
            }
        }

        public override void Abandon() => _done.TrySetCanceled();
    }
}
