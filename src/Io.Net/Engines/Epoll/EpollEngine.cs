using Microsoft.Extensions.Logging;
using RtpProxy.Io.Net.Engines.Mail;
using RtpProxy.Io.Net.Ports;
using RtpProxy.Io.Posix.Interop;
using RtpProxy.Relay;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;

namespace RtpProxy.Io.Net.Engines.Epoll;

/// <summary>
/// The engine for Linux: one thread, one epoll set, level-triggered, one datagram per ready socket and turn. A turn:
/// <code>
/// wait (not at all when there is mail) → datagrams → deadline → some letters and copies
/// </code>
/// Every part of a turn is bounded, so that neither media nor commands nor prompts wait for more than one turn.
/// </summary>
public sealed class EpollEngine<TCore> : IEngine<TCore>
    where TCore : struct, IEngineCore
{
    // 64 datagrams take about half a millisecond: no prompt packet is later than that because of relaying.
    private const int MaxEventsPerTurn = 64;
    private const int MaxLettersPerTurn = 32;
    private const int MaxCopiesPerTurn = 64;
    private const int MaxErrorsPerEvent = 8;
    private const int MailTag = -1;
    private const int DeadlineTag = -2;

    private readonly EpollSet _epoll = new();
    private readonly WakeTimer _deadline = new();
    private readonly EpollPortTable _ports;
    private readonly ILogger _logger;
    private readonly Action<int>? _onThreadStart;
    private readonly int _index;
    private Thread? _thread;
    private volatile bool _isStopping;

    /// <param name="index">Worker number, for the name of the thread.</param>
    /// <param name="range">Shared by all workers.</param>
    /// <param name="random">Owned by this worker's thread from now on.</param>
    /// <param name="onThreadStart">Called with <paramref name="index"/> on the engine's thread before its first turn: scheduling policy and the like.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The process may open no more descriptors.</exception>
    public EpollEngine(
        int index,
        EngineCapabilities capabilities,
        PortRange range,
        ILocalAddressBook addresses,
        Random random,
        ILogger logger,
        Action<int>? onThreadStart = null)
        : this(index, capabilities, range, addresses, random, logger, onThreadStart, kept: null)
    {
    }

    internal EpollEngine(
        int index,
        EngineCapabilities capabilities,
        PortRange range,
        ILocalAddressBook addresses,
        Random random,
        ILogger logger,
        Action<int>? onThreadStart,
        KeptPorts? kept)
    {
        ArgumentNullException.ThrowIfNull(capabilities);
        _index = index;
        _logger = logger;
        _onThreadStart = onThreadStart;
        _ports = new EpollPortTable(
            range, _epoll, addresses, random, logger, capabilities.Descriptors.MediaCeiling, kept);
        Watch(Mailbox.Descriptor, MailTag);
        Watch(_deadline.Descriptor, DeadlineTag);
    }

    public IPortTable Ports => _ports;

    public bool TryAdoptPorts(in Endpoint host, ushort number, bool isHeard, out PortPair pair) =>
        _ports.TryAdopt(host, number, isHeard, out pair);

    // The kernel keeps the descriptors that were ready in a list, and takes those off it that are not ready any more when it is asked.
    public void ForgetArrivals()
    {
        using var events = new EpollEventBuffer(Math.Max(1, _ports.OpenCount)); // all that are ready: those stay in their order
        _ = _epoll.Wait(events, maySleep: false);
    }

    public Mailbox Mailbox { get; } = new();

    public EngineCounters Counters { get; } = new();

    public void Start(TCore core)
    {
        _thread = new Thread(() => Run(core)) { Name = $"worker-{_index}", IsBackground = true };
        _thread.Start();
    }

    public void BeginStop()
    {
        _isStopping = true;
        Mailbox.Nudge();
    }

    public void Stop()
    {
        BeginStop();
        _thread?.Join();
        Mailbox.Close();
    }

    public void Dispose()
    {
        Stop();
        _ports.Dispose();
        _epoll.Dispose();
        _deadline.Dispose();
        Mailbox.Dispose();
    }

    private void Watch(int descriptor, int tag)
    {
        Errno errno = _epoll.Add(descriptor, tag);
        if (errno != Errno.None)
        {
            throw new System.ComponentModel.Win32Exception((int)errno);
        }
    }

    private void Run(TCore core)
    {
        Counters.OnThreadStart();
        _onThreadStart?.Invoke(_index);
        using var events = new EpollEventBuffer(MaxEventsPerTurn);
        using var receiver = new DatagramReceiver(Counters);
        var sink = new EpollSink(_ports, Counters);
        while (!_isStopping)
        {
            try
            {
                while (!_isStopping)
                {
                    Turn(ref core, events, receiver, ref sink);
                }
            }
#pragma warning disable CA1031 // A defect that one packet or command meets must not end the calls of everybody else.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                Counters.CountFault();
                Log.WorkerFault(_logger, _index, defect);
                // Should the defect return with every turn, at least it does not take the processor.
                Thread.Sleep(1);
            }
        }
    }

    private void Turn(ref TCore core, EpollEventBuffer events, DatagramReceiver receiver, ref EpollSink sink)
    {
        _deadline.Set(core.NextDeadline);
        int count = _epoll.Wait(events, maySleep: Mailbox.TryFallAsleep());
        Mailbox.WakeUp();

        Arrival batch = MonotonicClock.Arrival;
        for (int i = 0; i < count; i++)
        {
            int tag = events.TagAt(i);
            if (tag >= 0)
            {
                if (events.HasErrorAt(i))
                {
                    TakeErrors(tag, batch.Now, ref core);
                }

                Receive(tag, batch, ref core, receiver, ref sink);
            }
            else if (tag == MailTag)
            {
                Mailbox.ClearSignal();
            }
        }

        if (core.NextDeadline is { } deadline && deadline <= batch.Now)
        {
            Counters.Lag.Add(batch.Now.Nanoseconds - deadline.Nanoseconds);
            core.OnDeadline(batch, ref sink);
            _ports.TellKeeper();
        }

        // Those that are here now: an errand that wants to come again posts a letter during its visit, which waits for the next turn.
        int letters = Math.Min(Mailbox.LettersWaiting, MaxLettersPerTurn);
        for (int i = 0; i < letters && !_isStopping && Mailbox.TryTakeLetter(out Letter? letter); i++)
        {
            core.OnMail(letter, MonotonicClock.Arrival, ref sink);
        }

        if (letters > 0)
        {
            Counters.Lag.Add(MonotonicClock.Now.Nanoseconds - batch.Now.Nanoseconds);
        }

        for (int i = 0; i < MaxCopiesPerTurn && !_isStopping && Mailbox.TryTakeCopy(out Letter? copy); i++)
        {
            core.OnMail(copy, batch, ref sink);
        }

        if (!_isStopping)
        {
            core.OnTurnEnded(batch.Now);
        }
    }

    /// <summary>
    /// What networks tell of datagrams that did not arrive. First of all, since it would be told by the next call otherwise; at most
    /// so many at a time, since anybody can make it up. Those that are left over wake the next turn.
    /// </summary>
    private void TakeErrors(int port, Instant now, ref TCore core)
    {
        for (int i = 0; i < MaxErrorsPerEvent && _ports[port] is { Descriptor: >= 0 } socket; i++)
        {
            if (!UndeliveredReader.TryTake(socket.Descriptor, out Endpoint to, out SendOutcome outcome))
            {
                return;
            }

            if (outcome != SendOutcome.Sent)
            {
                core.OnUndelivered(new PortId(port), to, outcome, now);
            }
        }
    }

    private void Receive(int port, Arrival arrival, ref TCore core, DatagramReceiver receiver, ref EpollSink sink)
    {
        // Closed by an earlier datagram or command of this turn: its last event means nothing any more. Should the place
        // be in use again, then the new socket has nothing to read, or has, and both are well.
        PortSocket socket = _ports[port];
        if (socket.Descriptor >= 0 && receiver.TryReceive(socket, ref arrival, out Endpoint source, out Datagram datagram))
        {
            core.OnDatagram(new PortId(port), source, datagram, arrival, ref sink);
        }
    }
}
